import { resolve } from 'node:path';
import { loadConfig, type LoadedConfig } from '../../config/load.ts';
import { readBaseline } from '../../run/baseline-file.ts';
import { loadCatalogue } from '../../run/catalogue.ts';
import type { RunOptions, RunOutcome } from '../../run/run.ts';
import { canAsk } from '../asking.ts';
import type { Action, Invocation } from '../command.ts';
import { finish } from '../ending.ts';
import { reportError } from '../report-error.ts';
import { interruptOf } from '../interrupts.ts';
import { printConfig } from '../print-config.ts';
import { createProgress } from '../progress/progress.ts';
import { announceUnfinished } from '../unfinished.ts';
import { usage } from '../usage.ts';

/** Runs the checks against a client. The command line takes precedence over the configuration, and that over the defaults. */
export const action: Action = async (invocation) => {
  const { flags } = invocation;
  assertReplayAlone(flags);
  if (flags['print-config'] === true) return printConfig(invocation);
  return flags.watch === true ? watched(invocation) : once(invocation);
};

/** Runs repeatedly; exits with the last run's exit code. */
async function watched(invocation: Invocation): Promise<number> {
  if (!canAsk(invocation)) throw usage('--watch needs a terminal.', 'Leave out --watch; CI runs once.');
  const { flags, cwd, env, terminal, signal } = invocation;
  const { driver, dir, report } = await loadConfig({
    ...{ cwd, env },
    ...(flags.config === undefined ? {} : { path: flags.config }),
  });
  const { watch } = await import('../watch/watch.ts');
  const { watchFiles } = await import('../watch/files.ts');
  const { watchKeys } = await import('../watch/keys.ts');
  const folder = resolve(dir, driverFolder(driver));
  const out = flags.out === undefined ? report.dir : resolve(cwd, flags.out);
  return watch({
    runOnce: () => once(invocation).catch((error: unknown) => reportError(error, terminal, env)),
    sources: [(wish) => watchFiles(folder, [out], () => wish('again')), (wish) => watchKeys(process.stdin, wish)],
    say: () => terminal.say(`Watching ${folder}: r runs again, q ends.`),
    signal,
  });
}

function driverFolder(driver: LoadedConfig['driver']): string {
  if ('cwd' in driver) return driver.cwd;
  return 'start' in driver && driver.start !== undefined ? driver.start.cwd : '.';
}

async function once({ flags, cwd, env, terminal, signal }: Invocation): Promise<number> {
  const loaded = await loadConfig({ cwd, env, ...(flags.config === undefined ? {} : { path: flags.config }) });
  const config = { ...loaded, rules: flags.rules ?? loaded.rules };
  const ids = (await loadCatalogue()).checks.map(({ id }) => id);
  const baseline = await readBaseline(config.baseline, ids);
  const formats = flags.format ?? config.report.formats;
  const failOn = flags['fail-on'] ?? 'must';
  // The mock and its packages are loaded only when they are needed.
  const { run } = await import('../../run/run.ts');
  const outDir = flags.out === undefined ? config.report.dir : resolve(cwd, flags.out);
  await announceUnfinished(outDir, formats, terminal);
  const progress = createProgress(terminal, config.driver.type, flags.reporter);
  try {
    const { suite: suites, grep, shard, workers, seed, timeout: timeoutMs } = flags;
    const replay = flags.replay === undefined ? undefined : resolve(cwd, flags.replay);
    const options = {
      ...{ config, suites, grep, shard, workers, seed, timeoutMs, replay },
      ...{ outDir, formats, failOn, baseline, progress, signal },
    };
    const outcome = await (flags.at === undefined
      ? run(options)
      : runAtService({ at: flags.at, app: flags['at-app'] }, options, env));
    progress.end();
    return finish({ ...outcome, failOn, interrupted: interruptOf(signal) }, terminal, flags.json === true);
  } finally {
    progress.end();
  }
}

/** Runs at a service, with the token from the environment. */
async function runAtService(
  { at, app }: { readonly at: URL; readonly app: string | undefined },
  options: RunOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<RunOutcome> {
  const token = env['SF_CONFORMANCE_TOKEN'] ?? '';
  if (token === '') throw usage('--at needs a token.', 'Set SF_CONFORMANCE_TOKEN to a token of the service.');
  const { runAt } = await import('../../hosting/client/run-at.ts');
  return runAt({ ...options, at, app, token });
}

/** Rejects flags that select scenarios together with `--replay`, which would ignore them. */
function assertReplayAlone(flags: Invocation['flags']): void {
  const beside = (['suite', 'grep', 'shard'] as const).find((name) => flags[name] !== undefined);
  if (flags.replay === undefined || beside === undefined) return;
  throw usage(`--replay runs one race and goes without --${beside}.`, `Leave out --${beside}, or --replay.`);
}
