/** Finds the configuration file. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { HarnessError } from '../errors.ts';

/** Names of the configuration file, in order of precedence. */
export const CONFIG_NAMES = ['ts', 'mts', 'js', 'mjs', 'json', 'yaml', 'yml'].map((end) => `conformance.config.${end}`);

/** Returns the absolute path of the file that `path` names, or of the first of `CONFIG_NAMES` in `cwd` (or in the folder that `path`
 * names).
 * @throws HarnessError `config-not-found`. */
export async function findConfig(cwd: string, path?: string): Promise<string> {
  const named = path === undefined ? undefined : resolve(cwd, path);
  if (named !== undefined) {
    const kind = await kindOf(named);
    if (kind === 'file') return named;
    if (kind === 'nothing') {
      throw new HarnessError(
        'config-not-found',
        `There is no file ${named}.`,
        'Name a configuration with -c, or make one: sf-conformance init',
      );
    }
  }
  const folder = named ?? cwd;
  for (const name of CONFIG_NAMES) {
    if ((await kindOf(join(folder, name))) === 'file') return join(folder, name);
  }
  throw new HarnessError(
    'config-not-found',
    `There is no configuration in ${folder}. Looked for ${CONFIG_NAMES.join(', ')}.`,
    'Name one with -c FILE, or make one: sf-conformance init',
  );
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}
