/** Runs scenarios on a mock that no other worker uses. */
import { start, type Embedding } from '../../mock-server/start.ts';
import type { Mock, Mode } from '../../mock-server/mock.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Event, EventBody } from '../history/event.ts';
import type { Schedule } from '../schedules/schedule.ts';
import { withTimeout } from './client-latency.ts';
import { environment } from './client-variables.ts';
import { createLateWork } from './late-work.ts';
import { mockOptions } from './mock-options.ts';
import type { OpenRun } from './open-run.ts';
import type { TimeoutPolicy } from './timeout-policy.ts';
import { runScenario, type ScenarioResult } from './run-scenario.ts';
import type { Progress } from './progress.ts';
import type { Scenario } from './scenario.ts';

/** Options of `createWorker`. */
export interface WorkerOptions {
  readonly config: LoadedConfig;
  readonly opened: OpenRun;
  readonly timeoutPolicy: TimeoutPolicy;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** The only schedule to run; undefined: all are explored. */
  readonly replay?: Schedule | undefined;
  /** Creates the embedding of each mock; default: ports of this machine. */
  readonly embed?: (() => Promise<Embedding>) | undefined;
}

/** Scenarios without disturbance, in which the client's latency is measured. */
const UNDISTURBED: readonly string[] = ['strict', 'login'];

/** A mock, and the function that runs scenarios on it one after another. */
export interface Worker {
  /** Login URL of its mock, without a slash at the end. */
  readonly loginUrl: string;
  /** Runs one scenario. `isAlone` is called at the end: a run beside others in which an action timed out is repeated and shows nothing
   * about the client. */
  runScenario(scenario: Scenario, mode: Mode, isAlone?: () => boolean): Promise<ScenarioResult>;
  close(): Promise<void>;
}

/** Creates a worker with its own mock.
 * @throws HarnessError `port-in-use`. */
export async function createWorker(parts: WorkerOptions, port: number): Promise<Worker> {
  const { config, timeoutPolicy } = parts;
  const { app, driver, log, redactor, observer, seed } = parts.opened;
  let current = '';
  let closed = false;
  let kept: Event[] | undefined;
  const record = (body: EventBody): Event => {
    if (closed) return { seq: 0, t: 0, scenario: '', prev: '', ...body };
    const event = log.append(body, current);
    kept?.push(event);
    lateWork.see(event);
    return event;
  };
  const lateWork = createLateWork(() => withTimeout(mock.quiet(config.run.quietMs), config.run.holdMs));
  const own: { hide?: ((text: string) => string) | undefined } = {};
  const mock = await startMock(parts, port, record, (text) => own.hide?.(text) ?? text);
  await mock.prepareSignIn();
  const env = environment({
    loginUrl: mock.loginUrl,
    clientId: config.app.clientId,
    redirectUris: config.app.redirectUris,
    scopes: config.app.scopes,
    caFile: mock.caFile,
    // Public clients never have a secret (see `LoadedConfig`).
    clientSecret: config.app.clientSecret,
  });
  own.hide = driver.hides?.(env);
  return {
    loginUrl: mock.loginUrl,
    async runScenario(scenario, mode, isAlone = () => true) {
      current = scenario.id;
      const recorded: Event[] = [];
      kept = scenario.readsHistory === true ? recorded : undefined;
      const result = await runScenario({
        scenario,
        mode,
        app,
        driver,
        mock,
        record,
        session: {
          env,
          loginUrl: mock.loginUrl,
          redirectUris: config.app.redirectUris,
          timeoutMs: timeoutPolicy.timeoutMs(scenario.heldMs?.({ ...config.run, leaseMs: config.app.leaseMs }) ?? 0),
          browserKey: mock.browserKey,
          redact: (raw) => redactor.redact(raw),
          next: counter(),
        },
        run: {
          ...config.run,
          seed,
          actionMs: timeoutPolicy.slowestMs,
          endsAtHang: timeoutPolicy.endsAtHang,
          replay: parts.replay,
        },
        recorded,
        signal: parts.signal,
        awaited: lateWork.awaited,
        isRepeated: () => !isAlone() && observer.timedOut(scenario.id) > 0,
        harnessFault: () => observer.harnessFault(scenario.id),
      });
      if (!result.repeated) {
        timeoutPolicy.scenarioOver({
          timedOut: observer.timedOut(scenario.id),
          refreshed: observer.hasRotated(scenario.id),
          login: loginOf(scenario.id, result, observer.refused),
          slowestMs: UNDISTURBED.includes(scenario.id) ? observer.slowestMs(scenario.id) : undefined,
        });
      }
      current = '';
      kept = undefined;
      return result;
    },
    async close() {
      await mock.close();
      closed = true;
    },
  };
}

/** Starts a mock that records into the run. */
async function startMock(
  parts: WorkerOptions,
  port: number,
  record: (body: EventBody) => Event,
  hide: (text: string) => string,
): Promise<Mock> {
  const { config } = parts;
  const { log, redactor, correlation } = parts.opened;
  return start({
    ...(await mockOptions(config)),
    port,
    // The configured ports belong to the only mock of a run with one worker.
    instancePort: port === 0 ? 0 : config.mock.instancePort,
    // All scenarios share the mock and its first user: with an approval limit one scenario could end the tokens of another.
    switches: { approvalLimit: 0, ...config.mock.switches },
    record,
    now: () => log.now(),
    redactor,
    correlation,
    hide,
    ...(parts.embed === undefined ? {} : { embedding: await parts.embed() }),
  });
}

/** Numbers actions, processes and users from 1 within a scenario. */
function counter(): (what: 'action' | 'process' | 'user') => number {
  const last = { action: 0, process: 0, user: 0 };
  return (what) => (last[what] += 1);
}

/** Returns how the login went; undefined when the strict mock refused it, which shows nothing about the other mode. */
function loginOf(scenario: string, { outcome }: ScenarioResult, refused: boolean): 'passed' | 'failed' | undefined {
  if (outcome !== 'login-failed') return 'passed';
  return scenario === 'strict' && refused ? undefined : 'failed';
}
