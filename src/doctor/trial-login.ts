/** Tries the client: the set-up check of a run, and one login in observing mode when the strict mock refuses. */
import type { LoadedConfig } from '../config/load.ts';
import { createDriver } from '../drivers/create.ts';
import type { LoginAnswer } from '../drivers/driver.ts';
import type { Event } from '../history/event.ts';
import { openRun } from '../run/open-run.ts';
import { runPreflight } from '../run/run-preflight.ts';
import { contactOf, faultOf } from '../run/preflight.ts';
import type { Progress } from '../run/progress.ts';
import { createTimeoutPolicy } from '../run/timeout-policy.ts';
import { createWorker, type Worker } from '../run/worker.ts';
import { HarnessError } from '../errors.ts';

/** What the trial login showed. */
export interface TrialLogin {
  /** Undefined when the mock itself could not listen. */
  readonly loginUrl?: string | undefined;
  /** One or two logins in order; empty when the client could not be started. */
  readonly logins: readonly LoginAnswer[];
  readonly events: readonly Event[];
  /** Time of each event by its number, in milliseconds since 1970 by the system clock. */
  readonly seenAt: ReadonlyMap<number, number>;
  /** Why client or mock could not be started, or why the client cannot be judged. */
  readonly fault?: HarnessError | undefined;
}

/** Options of `runTrialLogin`. */
export interface TrialLoginOptions {
  readonly config: LoadedConfig;
  /** Empty folder for the history of the trial. */
  readonly dir: string;
  /** Time limit of each action in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Runs the set-up check and reports how far the client came.
 * @throws errors other than HarnessError: faults of the harness. */
export async function runTrialLogin(options: TrialLoginOptions): Promise<TrialLogin> {
  const { config, dir, timeoutMs, signal, progress } = options;
  const events: Event[] = [];
  const seenAt = new Map<number, number>();
  const opened = await openRun({
    config,
    driver: createDriver(config.driver, { configDir: config.dir, withheld: config.withheld }),
    // No suite: the settings of the app are not part of the trial.
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
    await runPreflight({
      runIn: async (scenario, mode) => {
        const result = await started.runScenario(scenario, mode);
        logins.push(...result.logins);
        return result;
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
