import { resolve } from 'node:path';
import { loadSigningKey } from '../../../reports/integrity/signing-key.ts';
import { merge } from '../../run/merge.ts';
import type { Action } from '../command.ts';
import { finish } from '../ending.ts';
import { runFolder } from '../run-folder.ts';
import { trustedKeys } from '../trusted-keys.ts';

/** Merges shards and ends like one run without `--shard`, or like a partial run when shards are missing.
 * @throws HarnessError (exit 2) for folders that are not the shards of one run or that no trusted key signed. */
export const action: Action = async ({ operands, flags, cwd, env, terminal, signal }) => {
  const { report, files, failOn, missing, unsigned } = await merge({
    dirs: await Promise.all(operands.map((typed) => runFolder(cwd, typed))),
    outDir: resolve(cwd, flags.out ?? 'reports/runs'),
    formats: flags.format ?? ['html', 'json', 'junit', 'markdown'],
    key: (await loadSigningKey(env)).key,
    trusted: await trustedKeys(flags.trust ?? [], cwd),
    unsigned: flags.unsigned === true,
    signal,
  });
  if (missing.length > 0) terminal.complain(`Not all shards of the run are merged: ${missing.join(', ')} is missing.`);
  if (unsigned !== undefined) terminal.complain(`Not signed: ${unsigned}.`);
  return finish({ report, files, failOn }, terminal, flags.json === true);
};
