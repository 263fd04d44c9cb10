/** From a file to a configuration that is complete and right. */
import { dirname, resolve } from 'node:path';
import { findConfig } from './find.ts';
import { readConfig } from './read.ts';
import { resolveConfig, type LoadedConfig } from './resolve.ts';

export type { LoadedConfig } from './resolve.ts';

export interface LoadOptions {
  /** As typed; relative to `cwd`. Absent: the file is looked for in `cwd`. */
  readonly path?: string;
  /** Where the command was typed. */
  readonly cwd: string;
  /** Default: the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Finds, reads, validates and completes the configuration.
 * @throws Trouble (exit 2): `config-not-found`, `config-syntax`, `config-unknown-key`, `config-invalid` …
 */
export async function loadConfig({ path, cwd, env = process.env }: LoadOptions): Promise<LoadedConfig> {
  const file = await findConfig(cwd, path);
  return resolveConfig(await readConfig(file), { file, dir: dirname(file), cwd: resolve(cwd), env });
}
