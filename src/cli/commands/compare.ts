import { writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { compareReports } from '../../../reports/compare/compare.ts';
import { comparePage } from '../../../reports/compare/page.ts';
import { compareTable } from '../../../reports/compare/table.ts';
import type { Action } from '../command.ts';
import { writeFidelity } from '../fidelity-file.ts';
import { readReport } from '../read-report.ts';
import { runFolder } from '../run-folder.ts';
import { makeFolder } from '../../history/make-folder.ts';

/** Compares runs: prints the table to standard output and writes the page to `--out`, else beside the newest run; also `fidelity.json`
 * when one run was with a real org.
 * @throws HarnessError `not-a-run` (exit 2) */
export const action: Action = async ({ operands, flags, cwd, terminal }) => {
  const dirs = await Promise.all(operands.map((typed) => runFolder(cwd, typed)));
  const comparison = compareReports(await Promise.all(dirs.map(readReport)));
  const folder = flags.out === undefined ? resolve(cwd, 'reports/runs') : resolve(cwd, flags.out);
  const page = await writeComparison(folder, dirs, comparison);
  const fidelity = await writeFidelity(folder, dirs);
  if (flags.json === true) terminal.print(JSON.stringify(comparison, undefined, 2));
  else
    terminal.print(
      `${compareTable(comparison, { color: terminal.color.out })}\n  wrote ${page}${fidelity === undefined ? '' : `\n  wrote ${fidelity}`}`,
    );
  return 0;
};

/** Writes `comparison.html` into `folder`; returns its path. */
export async function writeComparison(
  folder: string,
  dirs: readonly string[],
  comparison: ReturnType<typeof compareReports>,
): Promise<string> {
  const page = join(folder, 'comparison.html');
  const links = dirs.map((dir) => relative(dirname(page), join(dir, 'index.html')));
  await makeFolder(folder);
  await writeFile(page, comparePage(comparison, { links }));
  return page;
}
