/** Runs the scenarios of a run, several at once where that does not change a verdict. */
import type { Mode } from '../../mock-server/mock.ts';
import type { Log } from '../history/log.ts';
import { createConcurrency, type Concurrency } from './concurrency.ts';
import type { ScenarioResult } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { AbandonReason } from './timeout-policy.ts';
import { timerLagMs } from './timer-lag.ts';
import type { Worker, WorkerOptions } from './worker.ts';

/** Options of `runAll`. */
export interface RunAllOptions extends Pick<WorkerOptions, 'progress' | 'signal' | 'timeoutPolicy'> {
  readonly workers: readonly Worker[];
  readonly scenarios: readonly Scenario[];
  readonly mode: Mode;
  readonly log: Log;
  /** Number of scenarios that were run before these. */
  readonly ranBefore: number;
  /** Limits how many scenarios run at once; default: as many as there are workers. */
  readonly concurrency?: Concurrency | undefined;
  /** Resolves with the current delay of this process's timers in milliseconds; tests pass their own function. */
  readonly lagMs?: () => Promise<number>;
  /** Resolves when late timers may be measured again; tests pass their own function. */
  readonly pause?: () => Promise<void>;
}

/** Above this delay the machine is too busy to measure windows of idle time. */
const MOST_LAG_MS = 50;
const LAG_AGAIN_MS = 100;
/** How often late timers are measured before a scenario begins alone on a machine that stays busy. */
const MOST_LAGS = 50;

interface Running {
  /** A repeated scenario, which runs alone. */
  readonly isRepeat: boolean;
  readonly ended: Promise<void>;
  /** Whether no other scenario ran during it. */
  isAlone: boolean;
}

/** Runs each scenario on the next free worker: in order, or, with several workers, those that take long first. A scenario in which an
 * action timed out while others ran is repeated alone; after an action that timed out alone, scenarios run one at a time. Stops early
 * when interrupted. */
export async function runAll(options: RunAllOptions): Promise<void> {
  const { workers, scenarios, signal, timeoutPolicy, lagMs = timerLagMs, pause = lagAgain } = options;
  const { concurrency = createConcurrency(workers.length) } = options;
  const waiting = workers.length > 1 ? longestFirst(scenarios) : [...scenarios];
  const again: Scenario[] = [];
  const idle = [...workers];
  const running = new Set<Running>();
  let n = options.ranBefore;
  let lags = 0;

  const begin = (scenario: Scenario, position: number, isRepeat: boolean): void => {
    const worker = idle.shift();
    if (worker === undefined) throw new TypeError('A scenario begins only when a worker is free.');
    const ended = concurrency.begin();
    const play = async (): Promise<void> => {
      const { repeated, loginMs } = await playOne(worker, scenario, position, options, () => entry.isAlone);
      if (repeated) again.push(scenario);
      ended({ loginMs, isAlone: entry.isAlone });
      idle.push(worker);
      running.delete(entry);
    };
    const begun = Promise.withResolvers<undefined>();
    const entry: Running = { isRepeat, ended: begun.promise.then(play), isAlone: true };
    running.add(entry);
    // It may fail while the delay is measured; the later wait for it then fails.
    entry.ended.catch(() => undefined);
    if (running.size > 1) for (const one of running) one.isAlone = false;
    begun.resolve(undefined);
  };
  const hasRoom = (): boolean =>
    running.size === 0 ||
    (running.size < concurrency.limit &&
      again.length === 0 &&
      !timeoutPolicy.hasHung &&
      [...running].every(({ isRepeat }) => !isRepeat));
  const isPunctual = async (): Promise<boolean> => {
    // What is only noted as left out measures no time.
    if (timeoutPolicy.abandonReason !== undefined || (await lagMs()) <= MOST_LAG_MS) lags = 0;
    else lags += 1;
    return lags === 0 || (running.size === 0 && lags > MOST_LAGS);
  };

  while (running.size + waiting.length + again.length > 0) {
    const ends = [...running].map(({ ended }) => ended);
    if (signal.aborted) {
      await Promise.all(ends);
      return;
    }
    if (again.length + waiting.length === 0 || !hasRoom()) await Promise.race(ends);
    else if (!(await isPunctual())) await Promise.race([...ends, pause()]);
    // While the lag is measured, scenarios end, and one of them may have to be repeated.
    else if (hasRoom()) {
      lags = 0;
      const repeat = again.shift();
      const next = repeat ?? takeNext(waiting, timeoutPolicy.hasHung);
      if (repeat === undefined) n += 1;
      if (next !== undefined) begin(next, n, repeat !== undefined);
    }
  }
}

const lagAgain = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LAG_AGAIN_MS));

/** Where the client has hung, each scenario in which it hangs again takes its time: those that hold answers or take long come last. */
function takeNext(waiting: Scenario[], hasHung: boolean): Scenario | undefined {
  const short = hasHung ? waiting.findIndex(({ heldMs, long }) => heldMs === undefined && long !== true) : 0;
  return waiting.splice(Math.max(0, short), 1)[0];
}

const longestFirst = (scenarios: readonly Scenario[]): Scenario[] =>
  scenarios.toSorted((a, b) => Number(b.long === true) - Number(a.long === true));

async function playOne(
  worker: Worker,
  scenario: Scenario,
  n: number,
  { mode, progress, timeoutPolicy, log, ranBefore, scenarios }: RunAllOptions,
  isAlone: () => boolean,
): Promise<Pick<ScenarioResult, 'repeated' | 'loginMs'>> {
  progress.scenario({ id: scenario.id, title: scenario.title, n, of: ranBefore + scenarios.length });
  const { abandonReason } = timeoutPolicy;
  const result =
    abandonReason === undefined
      ? await worker.runScenario(scenario, mode, isAlone)
      : leftOut(scenario, mode, log, abandonReason);
  if (result.repeated)
    progress.note(`${scenario.id}: an action timed out beside other scenarios; it is run again alone.`);
  else progress.scenarioDone({ id: scenario.id, outcome: result.outcome, durationMs: result.durationMs });
  return result;
}

/** Leaves out scenarios that would only repeat what was seen. */
function leftOut(
  scenario: Scenario,
  mode: Mode,
  log: Log,
  { outcome, why }: AbandonReason,
): Pick<ScenarioResult, 'outcome' | 'durationMs' | 'repeated' | 'loginMs'> {
  log.append({ kind: 'scenario-begin', title: scenario.title, mode }, scenario.id);
  log.append({ kind: 'scenario-end', outcome, detail: `Not run: ${why}`, durationMs: 0 }, scenario.id);
  return { outcome, durationMs: 0, repeated: false };
}
