import { resolve } from 'node:path';
import { merge } from '../../run/merge.ts';
import type { Action } from '../command.ts';
import { finish } from '../ending.ts';
import { runFolder } from '../run-folder.ts';

/** Ends as one run without `--shard` would; where shards are missing, as a partial run.
 * @throws HarnessError (exit 2) for folders that are not the shards of one run. */
export const action: Action = async ({ operands, flags, cwd, terminal, signal }) => {
  const { report, files, failOn, missing } = await merge({
    dirs: await Promise.all(operands.map((typed) => runFolder(cwd, typed))),
    outDir: resolve(cwd, flags.out ?? 'reports/runs'),
    signal,
    formats: flags.format ?? ['html', 'json', 'junit', 'markdown'],
  });
  if (missing.length > 0) terminal.complain(`Not all shards of the run are merged: ${missing.join(', ')} is missing.`);
  return finish({ report, files, failOn }, terminal, flags.json === true);
};
