import { resolve } from 'node:path';
import { acceptedBefore, reportRun } from '../../run/report-run.ts';
import type { Action } from '../command.ts';
import { finish } from '../ending.ts';
import { runFolder } from '../run-folder.ts';

/** In place, or into `--out`; ends as the run did. @throws HarnessError `not-a-run` (exit 2) */
export const action: Action = async ({ operands: [typed = ''], flags, cwd, terminal, signal }) => {
  const from = await runFolder(cwd, typed);
  const { report, files, failOn } = await reportRun({
    from,
    to: flags.out === undefined ? from : resolve(cwd, flags.out),
    formats: flags.format ?? ['html', 'json', 'junit', 'markdown'],
    baseline: await acceptedBefore(from),
    signal,
  });
  return finish({ report, files, failOn }, terminal, flags.json === true);
};
