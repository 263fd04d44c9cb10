import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadConfig, type LoadedConfig } from '../../config/load.ts';
import { resolveConfig } from '../../config/resolve.ts';
import { readBaseline } from '../../run/baseline-file.ts';
import { loadCatalogue } from '../../run/catalogue.ts';
import { HarnessError } from '../../errors.ts';
import { assertProbable } from '../../serve/upstream-session.ts';
import type { ServeOptions, ServeOutcome } from '../../serve/serve.ts';
import { productionHosts, readTarget } from '../../upstream/target.ts';
import type { Action, Invocation } from '../command.ts';
import { announceUnfinished } from '../unfinished.ts';

/** Serves a live session until SIGINT or SIGTERM. Exits with the code of the verdict, or 2 when nothing arrived to be judged. */
export const action: Action = async (invocation) => {
  const { flags, cwd, terminal, signal } = invocation;
  const loaded = await configOf(invocation);
  const config = { ...loaded, rules: flags.rules ?? loaded.rules };
  const ids = (await loadCatalogue()).checks.map(({ id }) => id);
  const baseline = await readBaseline(config.baseline, ids);
  const formats = flags.format ?? config.report.formats;
  const upstream = flags.upstream === undefined ? undefined : await upstreamOf(invocation, flags.upstream, config);
  // The mock and its packages are loaded only when they are needed.
  const { serve } = await import('../../serve/serve.ts');
  const outDir = flags.out === undefined ? config.report.dir : resolve(cwd, flags.out);
  await announceUnfinished(outDir, formats, terminal);
  const headless = flags.headless === true;
  const asJson = flags.json === true;
  const inputEnded = headless && asJson ? endOfInput() : undefined;
  const { clientId, client, clientSecret } = config.app;
  let announced = false;
  const session = (current: LoadedConfig): Promise<ServeOutcome> =>
    serve({
      ...{ config: current, outDir, formats, baseline, upstream },
      signal: inputEnded === undefined ? signal : AbortSignal.any([signal, inputEnded]),
      say: (text) => terminal.say(text),
      keys: headless ? undefined : process.stdin,
      interrupt: () => process.kill(process.pid, 'SIGINT'),
      onReady: ({ loginUrl, controlUrl, token }) => {
        if (inputEnded === undefined || announced) return;
        announced = true;
        const secret = client === 'confidential' ? { clientSecret } : {};
        terminal.print(JSON.stringify({ loginUrl, clientId, controlUrl, token, ...secret }));
      },
    });
  let outcome = await session(config);
  while (outcome.next !== undefined) {
    terminal.say(`\nReports of the session that is over: ${outcome.dir}\n`);
    outcome = await session(outcome.next);
  }
  if (inputEnded !== undefined) process.stdin.pause();
  // With --headless --json standard output holds one line of JSON and nothing else.
  const quiet = { ...terminal, print: () => undefined };
  const { finish } = await import('../ending.ts');
  const code = finish({ ...outcome, failOn: 'must' }, inputEnded === undefined ? terminal : quiet, asJson);
  if (outcome.judged) return code;
  terminal.complain('Nothing was judged: no authorization request arrived.\nLet the client use the login URL above.');
  return 2;
};

/** Returns the settings for forwarding to a real org; undefined without `--upstream`.
 * @throws HarnessError `upstream-url`, `upstream-production`, `upstream-ca` (exit 2) */
async function upstreamOf(
  { flags, cwd }: Invocation,
  named: readonly string[],
  config: LoadedConfig,
): Promise<NonNullable<ServeOptions['upstream']>> {
  const target = readTarget(named);
  const production = productionHosts(target);
  if (production.length > 0 && flags['yes-production'] !== true) {
    throw new HarnessError(
      'upstream-production',
      `${production.join(' and ')}: real users of an org in production sign in there.`,
      'Use a sandbox, or add --yes-production when the org may be used for this.',
    );
  }
  const { probe } = flags;
  if (probe === true) assertProbable(config);
  const file = flags['upstream-ca'];
  if (file === undefined) return { target, probe };
  const ca = await readFile(resolve(cwd, file), 'utf8').catch((cause: unknown) => {
    throw new HarnessError('upstream-ca', `--upstream-ca: ${file} cannot be read.`, 'Name a PEM file.', { cause });
  });
  if (!ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw new HarnessError('upstream-ca', `--upstream-ca: ${file} holds no certificate.`, 'Name a PEM file.');
  }
  return { target, ca, probe };
}

/** Loads the configuration; without a file, all defaults apply. */
async function configOf({ flags, cwd, env }: Invocation): Promise<LoadedConfig> {
  try {
    return await loadConfig({ cwd, env, ...(flags.config === undefined ? {} : { path: flags.config }) });
  } catch (error) {
    if (flags.config !== undefined || !(error instanceof HarnessError) || error.code !== 'config-not-found')
      throw error;
    return resolveConfig({}, { dir: cwd, cwd, env });
  }
}

/** Returns a signal that aborts when standard input ends, because the process that started this one closed it or ended. */
function endOfInput(): AbortSignal {
  const ended = new AbortController();
  process.stdin.on('end', () => ended.abort()).on('error', () => ended.abort());
  process.stdin.resume();
  return ended.signal;
}
