/** Loads a configuration file into a complete, valid configuration. */
import { dirname, resolve } from 'node:path';
import { findConfig } from './find.ts';
import { placeInRepository } from './place-in-repository.ts';
import { readConfig } from './read.ts';
import { resolveConfig, type LoadedConfig } from './resolve.ts';

export type { LoadedConfig } from './resolve.ts';

/** Options of `loadConfig`. */
export interface LoadOptions {
  /** Path as typed, relative to `cwd`; absent: the file is searched for in `cwd`. */
  readonly path?: string;
  /** The user's working directory. */
  readonly cwd: string;
  /** Environment variables; default: those of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Finds, reads, validates and completes the configuration.
 * @throws HarnessError (exit 2): `config-not-found`, `config-syntax`, `config-unknown-key`, `config-invalid` … */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  return (await loadWithInput(options)).config;
}

/** Loads the configuration like `loadConfig`, and also returns the unchanged content of the file. */
export async function loadWithInput({
  path,
  cwd,
  env = process.env,
}: LoadOptions): Promise<{ readonly config: LoadedConfig; readonly input: unknown }> {
  const file = await findConfig(cwd, path);
  const input = await readConfig(file);
  const config = resolveConfig(input, { file, dir: dirname(file), cwd: resolve(cwd), env });
  return { config: { ...config, shownFile: placeInRepository(file, resolve(cwd)) }, input };
}
