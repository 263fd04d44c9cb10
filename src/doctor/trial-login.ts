/** Tries the client: the pre-flight of a run, and one login that is only observed where strict refuses. */
import type { LoadedConfig } from '../config/load.ts';
import { createDriver } from '../drivers/create.ts';
import type { LoginAnswer } from '../drivers/driver.ts';
import type { Event } from '../history/event.ts';
import { openRun } from '../run/open-run.ts';
import { playPreflight } from '../run/play-preflight.ts';
import { contactOf, faultOf } from '../run/preflight.ts';
import type { Progress } from '../run/progress.ts';
import { createTimeoutPolicy } from '../run/timeout-policy.ts';
import { createWorker, type Worker } from '../run/worker.ts';
import { HarnessError } from '../errors.ts';

/** What the client showed. */
export interface TrialLogin {
  /** Undefined when the mock itself could not listen. */
  readonly loginUrl?: string | undefined;
  /** In order; one or two. Empty when the client could not be started. */
  readonly logins: readonly LoginAnswer[];
  readonly events: readonly Event[];
  /** By event number, milliseconds since 1970 of the system clock. */
  readonly seenAt: ReadonlyMap<number, number>;
  /** Why client or mock could not be started, or why the client cannot be judged. */
  readonly fault?: HarnessError | undefined;
}

export interface TrialLoginOptions {
  readonly config: LoadedConfig;
  /** Empty folder for the history of the pre-flight. */
  readonly dir: string;
  /** Per action, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Plays the pre-flight and reports how far the client came.
 * @throws what is not a HarnessError: a fault of the harness. */
export async function runTrialLogin(options: TrialLoginOptions): Promise<TrialLogin> {
  const { config, dir, timeoutMs, signal, progress } = options;
  const events: Event[] = [];
  const seenAt = new Map<number, number>();
  const opened = await openRun({
    config,
    driver: createDriver(config.driver, { configDir: config.dir, withheld: config.withheld }),
    // No suite: the settings of the app are not part of the pre-flight.
    selection: { suites: [] },
    outDir: dir,
    timeoutMs,
    say: (text) => progress.note(text),
    onEvent: (event) => {
      events.push(event);
      seenAt.set(event.seq, Date.now());
    },
  });
  const logins: LoginAnswer[] = [];
  let worker: Worker | undefined;
  const trial = (fault: HarnessError | undefined): TrialLogin => {
    return { loginUrl: worker?.loginUrl, logins, events, seenAt, fault };
  };
  try {
    const timeoutPolicy = createTimeoutPolicy(timeoutMs);
    const started = await createWorker({ config, opened, timeoutPolicy, progress, signal }, config.mock.port);
    worker = started;
    await playPreflight({
      play: async (scenario, mode) => {
        const played = await started.runScenario(scenario, mode);
        logins.push(...played.logins);
        return played;
      },
      ...{ observer: opened.observer, policy: 'strict', signal, alwaysObserve: true },
    });
    return trial(faultOf(contactOf(opened, config.app, logins.at(-1), timeoutMs)));
  } catch (error) {
    if (error instanceof HarnessError) return trial(error);
    throw error;
  } finally {
    await worker?.close();
    await opened.log.close();
    opened.finish();
  }
}
