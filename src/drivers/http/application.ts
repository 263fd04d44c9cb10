/** Starts the web application's process and waits until it answers. */
import { resolve } from 'node:path';
import type { Browser } from '../agent/browser.ts';
import type { DriverPlace, StartConfig } from '../config.ts';
import type { SessionContext } from '../driver.ts';
import { deadline } from '../process/deadline.ts';
import { clientEnvironment } from '../process/process-environment.ts';
import { requireCommand } from '../process/lookup.ts';
import { startProgram, type Program } from '../process/program.ts';
import { HarnessError } from '../../errors.ts';
import { askOf } from './ask.ts';

/** Configuration that the http and browser drivers share: the address of the application, and how it is started. */
export interface ServedConfig {
  readonly baseUrl: string;
  readonly start?: StartConfig | undefined;
}

/** What starting an application needs. */
export interface ApplicationParts {
  readonly context: SessionContext;
  readonly config: ServedConfig;
  readonly start: StartConfig;
  readonly place: DriverPlace;
  /** Name in the history: `P1`. */
  readonly id: string;
  readonly stateDir: string;
  readonly browser: Browser;
}

const lookMs = 50;

/** Starts the application and waits until it answers.
 * @throws HarnessError `driver-command-missing` · `driver-port-in-use`: another application already answers · `driver-not-ready`: it does
 * not answer within `timeoutMs`, or has ended. */
export async function startApplication(parts: ApplicationParts): Promise<Program> {
  const { context, config, start, place, id, stateDir } = parts;
  const cwd = resolve(place.configDir, start.cwd);
  await requireCommand(start.command, cwd, { ...process.env, ...start.env });
  if (goodFor(undefined, await statusAt(parts, undefined))) {
    throw new HarnessError(
      'driver-port-in-use',
      `Something answers at ${config.baseUrl} before \`driver.start\` has started the application.`,
      'Stop it, or leave out `driver.start` when the application is already running.',
    );
  }
  let seen: number | undefined;
  const program = await startProgram(context, {
    id,
    command: start.command,
    cwd,
    env: clientEnvironment(process.env, { ...context.env, SF_STATE_DIR: stateDir }, start.env, place.withheld),
    input: false,
    onLine: () => false,
  });
  if (await ready(parts, program, (status) => (seen = status))) return program;
  const ended = !program.running;
  await program.stop({ terminateAfterMs: 0, killAfterMs: 5_000 });
  const last = program.evidence.lastError;
  const words = last === undefined ? '' : ` Its last words: ${context.redact(last).text.slice(0, 500)}`;
  const { ready: path = '/' } = start;
  const late = seen === undefined ? 'did not answer' : `answered ${seen} at ${path} and was not ready`;
  throw new HarnessError(
    'driver-not-ready',
    `The application ${ended ? 'ended before it answered' : `${late} within ${context.timeoutMs} ms`} at ${config.baseUrl}.${words}`,
    seen === undefined || ended
      ? 'Check `driver.start` and `driver.baseUrl`: the application must listen on the port of `baseUrl`.'
      : 'Let `driver.start.ready` be a path that answers 2xx as soon as the application is up.',
  );
}

async function ready(parts: ApplicationParts, program: Program, onStatus: (status: number) => void): Promise<boolean> {
  const { timeoutMs } = parts.context;
  const over = new AbortController();
  const stop = (): void => over.abort();
  const timer = setTimeout(stop, timeoutMs);
  void program.ended.then(stop);
  try {
    while (!over.signal.aborted) {
      const status = await statusAt(parts, parts.start.ready, over.signal);
      if (goodFor(parts.start.ready, status)) return true;
      if (status !== undefined) onStatus(status);
      await deadline(lookMs, over.signal);
    }
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Returns whether the application is ready: 2xx at `path`; without a path, any status below 500 at `baseUrl`. */
function goodFor(path: string | undefined, status: number | undefined): boolean {
  if (status === undefined) return false;
  return path === undefined ? status < 500 : status >= 200 && status < 300;
}

/** Returns the status of the answer; undefined when there is none. */
async function statusAt(
  parts: ApplicationParts,
  path: string | undefined,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const ask = askOf({ method: 'GET', path: path ?? '/', headers: {} }, parts.config.baseUrl);
  const fetched = await parts.browser.fetch(ask, {
    timeoutMs: Math.min(2_000, parts.context.timeoutMs),
    ...(signal === undefined ? {} : { signal }),
  });
  return fetched.kind === 'page' ? fetched.status : undefined;
}
