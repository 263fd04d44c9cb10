/** Prints the configuration as the command would use it, with the origin of each value (`--print-config`). */
import { resolve } from 'node:path';
import { explainConfig, type Override } from '../config/explained.ts';
import { loadWithInput } from '../config/load.ts';
import type { Invocation } from './command.ts';
import type { FlagValues } from './flags.ts';

/** Prints JSON to standard output; returns 0.
 * @throws HarnessError as the command itself would for the configuration. */
export async function printConfig({ flags, cwd, env, terminal }: Invocation): Promise<0> {
  const path = flags.config;
  const { config, input } = await loadWithInput({ cwd, env, ...(path === undefined ? {} : { path }) });
  terminal.print(JSON.stringify(explainConfig(config, input, overrides(flags, cwd)), undefined, 2));
  return 0;
}

/** Returns the flags that override a key of the configuration. */
function overrides(flags: FlagValues, cwd: string): readonly Override[] {
  const set: readonly Override[] = [
    { flag: '--rules', path: ['rules'], value: flags.rules },
    { flag: '--suite', path: ['run', 'suites'], value: flags.suite },
    { flag: '--workers', path: ['run', 'workers'], value: flags.workers },
    { flag: '--seed', path: ['run', 'seed'], value: flags.seed },
    { flag: '--timeout', path: ['run', 'timeoutMs'], value: flags.timeout },
    { flag: '--out', path: ['report', 'dir'], value: flags.out === undefined ? undefined : resolve(cwd, flags.out) },
    { flag: '--format', path: ['report', 'formats'], value: flags.format },
  ];
  return set.filter(({ value }) => value !== undefined);
}
