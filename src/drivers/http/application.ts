/** The web application's own process, when the harness starts it. */
import { resolve } from 'node:path';
import type { Browser } from '../agent/browser.ts';
import type { DriverPlace, StartConfig } from '../config.ts';
import type { SessionContext } from '../driver.ts';
import { deadline } from '../process/deadline.ts';
import { clientEnvironment } from '../process/environment.ts';
import { requireCommand } from '../process/lookup.ts';
import { startProgram, type Program } from '../process/program.ts';
import { Trouble } from '../../trouble.ts';
import { askOf } from './ask.ts';

/** What the http and the browser driver have in common: where the application is, and how it is started. */
export interface ServedConfig {
  readonly baseUrl: string;
  readonly start?: StartConfig | undefined;
}

export interface ApplicationParts {
  readonly context: SessionContext;
  readonly config: ServedConfig;
  readonly start: StartConfig;
  readonly place: DriverPlace;
  /** `P1`. */
  readonly id: string;
  readonly stateDir: string;
  readonly browser: Browser;
}

const lookMs = 50;

/**
 * Starts the application and waits until it answers.
 *
 * @throws Trouble `driver-command-missing` · `driver-port-in-use`: another one answers already · `driver-not-ready`: it does not
 * answer within `timeoutMs`, or has ended.
 */
export async function startApplication(parts: ApplicationParts): Promise<Program> {
  const { context, config, start, place, id, stateDir } = parts;
  const cwd = resolve(place.configDir, start.cwd);
  await requireCommand(start.command, cwd, { ...process.env, ...start.env });
  if (await answers(parts, undefined)) {
    throw new Trouble(
      'driver-port-in-use',
      `Something answers at ${config.baseUrl} before \`driver.start\` has started the application.`,
      'Stop it, or leave out `driver.start` when the application is already running.',
    );
  }
  const program = await startProgram(context, {
    id,
    command: start.command,
    cwd,
    env: clientEnvironment(process.env, { ...context.env, SF_STATE_DIR: stateDir }, start.env),
    input: false,
    onLine: () => false,
  });
  if (await ready(parts, program)) return program;
  const ended = !program.running;
  await program.stop({ terminateAfterMs: 0, killAfterMs: 5_000 });
  const last = program.evidence.lastError;
  const words = last === undefined ? '' : ` Its last words: ${context.redact(last).text.slice(0, 500)}`;
  throw new Trouble(
    'driver-not-ready',
    `The application ${ended ? 'ended before it answered' : `did not answer within ${context.timeoutMs} ms`} at ${config.baseUrl}.${words}`,
    'Check `driver.start` and `driver.baseUrl`: the application must listen on the port of `baseUrl`.',
  );
}

async function ready(parts: ApplicationParts, program: Program): Promise<boolean> {
  const { timeoutMs } = parts.context;
  const over = new AbortController();
  const stop = (): void => over.abort();
  const timer = setTimeout(stop, timeoutMs);
  void program.ended.then(stop);
  try {
    while (!over.signal.aborted) {
      if (await answers(parts, parts.start.ready, over.signal)) return true;
      await deadline(lookMs, over.signal);
    }
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether it answers: 2xx at `path`; without a path, anything below 500 at `baseUrl`. */
async function answers(parts: ApplicationParts, path: string | undefined, signal?: AbortSignal): Promise<boolean> {
  const ask = askOf({ method: 'GET', path: path ?? '/', headers: {} }, parts.config.baseUrl);
  const fetched = await parts.browser.fetch(ask, {
    timeoutMs: Math.min(2_000, parts.context.timeoutMs),
    ...(signal === undefined ? {} : { signal }),
  });
  if (fetched.kind !== 'page') return false;
  return path === undefined ? fetched.status < 500 : fetched.status >= 200 && fetched.status < 300;
}
