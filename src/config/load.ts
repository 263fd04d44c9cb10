/** From a file to a configuration that is complete and right. */
import { dirname, resolve } from 'node:path';
import { findConfig } from './find.ts';
import { placeInRepository } from './place-in-repository.ts';
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
 * @throws HarnessError (exit 2): `config-not-found`, `config-syntax`, `config-unknown-key`, `config-invalid` …
 */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  return (await loadWithInput(options)).config;
}

/** Loads the configuration as `loadConfig`, and returns the unchanged content of the file too. */
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
