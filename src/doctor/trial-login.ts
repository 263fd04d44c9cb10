/** Tries the client: the pre-flight of a run, and one login that is only observed where strict refuses. */
import { join } from 'node:path';
import { createRedactor } from '../../mock-server/recorder/create-redactor.ts';
import type { LoadedConfig } from '../config/load.ts';
import { createDriver } from '../drivers/create.ts';
import type { LoginAnswer } from '../drivers/driver.ts';
import type { Event } from '../history/event.ts';
import { openLog } from '../history/open-log.ts';
import { describeApp } from '../run/app-description.ts';
import { createWorker, type Worker } from '../run/worker.ts';
import { loadCatalogue } from '../run/catalogue.ts';
import { createObserver } from '../run/observer.ts';
import { createTimeoutPolicy } from '../run/timeout-policy.ts';
import { faultOf } from '../run/preflight.ts';
import type { Progress } from '../run/progress.ts';
import { HarnessError } from '../errors.ts';

/** What the client showed. */
export interface TrialLogin {
  /** Absent when the mock itself could not listen. */
  readonly loginUrl?: string;
  /** In order; one or two. Empty when the client could not be started. */
  readonly logins: readonly LoginAnswer[];
  readonly events: readonly Event[];
  /** By event number, milliseconds since 1970 of the system clock. */
  readonly seenAt: ReadonlyMap<number, number>;
  /** Why client or mock could not be started, or why the client can not be judged. */
  readonly fault?: HarnessError;
}

export interface TrialLoginOptions {
  readonly config: LoadedConfig;
  /** Empty folder for the history of the pre-flight. */
  readonly dir: string;
  /** Per verb, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** @throws what is no HarnessError: a fault of the harness. */
export async function runTrialLogin({
  config,
  dir,
  timeoutMs,
  signal,
  progress,
}: TrialLoginOptions): Promise<TrialLogin> {
  const driver = createDriver(config.driver, { configDir: config.dir });
  const log = openLog({ path: join(dir, 'history.jsonl') });
  const observer = createObserver();
  const events: Event[] = [];
  const seenAt = new Map<number, number>();
  log.subscribe((event) => {
    observer.see(event);
    driver.see?.(event);
    events.push(event);
    seenAt.set(event.seq, Date.now());
  });
  const logins: LoginAnswer[] = [];
  const timeoutPolicy = createTimeoutPolicy(timeoutMs);
  let worker: Worker | undefined;
  const contact = (fault: HarnessError | undefined): TrialLogin => ({
    ...(worker === undefined ? {} : { loginUrl: worker.loginUrl }),
    logins,
    events,
    seenAt,
    ...(fault === undefined ? {} : { fault }),
  });
  try {
    const app = describeApp(config);
    const parts = { config, app, driver, log, redactor: createRedactor(), observer, timeoutPolicy, progress, signal };
    worker = await createWorker({ ...parts, seed: config.run.seed }, config.mock.port);
    for (const [id, mode] of [
      ['strict', 'strict'],
      ['login', 'observing'],
    ] as const) {
      if (signal.aborted || (mode === 'observing' && !observer.refused)) break;
      const scenario = (await loadCatalogue()).scenarios.find((one) => one.id === id);
      if (scenario !== undefined) logins.push(...(await worker.runScenario(scenario, mode)).logins);
    }
    return contact(
      faultOf({
        ...{ login: logins.at(-1), tokenRequested: observer.tokenRequested, refusals: observer.observedRefusals },
        ...{ authorizationRequested: observer.authorizationRequested, timeoutMs, lastWords: observer.lastWords },
        ...{
          callbackError: observer.callbackError,
          redirectUri: observer.redirectUri,
          registered: config.app.redirectUris,
        },
      }),
    );
  } catch (error) {
    if (error instanceof HarnessError) return contact(error);
    throw error;
  } finally {
    await worker?.close();
    await log.close();
  }
}
