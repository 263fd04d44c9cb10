import { constants } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { packPages } from '../../../reports/pack/pack.ts';
import { HarnessError } from '../../errors.ts';
import { openHistory } from '../../run/regrade.ts';
import type { Action } from '../command.ts';
import { readReport } from '../read-report.ts';
import { runFolder } from '../run-folder.ts';
import { makeFolder } from '../../history/make-folder.ts';

/** The signed files of a run; `verify` accepts a folder with these. */
const EVIDENCE = ['report.json', 'history.jsonl', 'report.sig'] as const;

/** Writes the pages for a security review and a copy of the signed evidence into a new folder beside the run, or into `--out`.
 * @throws HarnessError `not-a-run`, `pack-exists` (exit 2) */
export const action: Action = async ({ operands: [typed = ''], flags, cwd, terminal, signal }) => {
  const dir = await runFolder(cwd, typed);
  const report = await readReport(dir);
  const { events } = await openHistory(dir, signal);
  const to = flags.out === undefined ? `${dir}-security-review` : resolve(cwd, flags.out);
  await makeFolder(join(to, 'evidence'));
  const written: string[] = [];
  try {
    for (const { file, text } of packPages({ report, history: events })) {
      await writeFile(join(to, file), text, { flag: 'wx' });
      written.push(join(to, file));
    }
    for (const file of EVIDENCE) {
      const copied = await copyFile(join(dir, file), join(to, 'evidence', file), constants.COPYFILE_EXCL).then(
        () => true,
        (error: unknown) => {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
          throw error;
        },
      );
      if (copied) written.push(join(to, 'evidence', file));
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new HarnessError(
      'pack-exists',
      `${to} holds a pack already.`,
      'Remove it, or name another folder with --out.',
      { cause },
    );
  }
  terminal.print(
    flags.json === true
      ? JSON.stringify({ files: written }, undefined, 2)
      : written.map((file) => `  wrote ${file}`).join('\n'),
  );
  return 0;
};
