import { resolve } from 'node:path';
import { merge } from '../../run/merge.ts';
import type { Action } from '../command.ts';
import { finish } from '../ending.ts';
import { runFolder } from '../run-folder.ts';

/** Ends as one run without `--shard` would. @throws HarnessError (exit 2) for folders that are not the shards of one run. */
export const action: Action = async ({ operands, flags, cwd, terminal, signal }) => {
  const { report, files, failOn } = await merge({
    dirs: await Promise.all(operands.map((typed) => runFolder(cwd, typed))),
    outDir: resolve(cwd, flags.out ?? 'reports/runs'),
    signal,
    formats: flags.format ?? ['html', 'json', 'junit', 'markdown'],
  });
  return finish({ report, files, failOn }, terminal, flags.json === true);
};
