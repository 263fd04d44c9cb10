/** Plays the scenarios of a run, several at once where that changes no verdict. */
import type { Mode } from '../../mock-server/mock.ts';
import type { Log } from '../history/log.ts';
import type { ScenarioResult } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { AbandonReason } from './timeout-policy.ts';
import { timerLagMs } from './timer-lag.ts';
import type { Worker, WorkerOptions } from './worker.ts';

/** What playing needs to know of its run. */
export interface PlayAllOptions extends Pick<WorkerOptions, 'progress' | 'signal' | 'timeoutPolicy'> {
  readonly workers: readonly Worker[];
  readonly scenarios: readonly Scenario[];
  readonly mode: Mode;
  readonly log: Log;
  /** Scenarios that were played before these. */
  readonly playedBefore: number;
}

/** A late timer means that the machine is busy: windows of idle time would be measured wrong. */
const MOST_LAG_MS = 50;

interface Running {
  readonly scenario: Scenario;
  readonly ended: Promise<void>;
  /** No other scenario ran at any moment of it. */
  isAlone: boolean;
}

/**
 * Plays each scenario, in order, on the next free worker. A scenario in which an action timed out while others ran is played again by
 * itself; after an action that timed out by itself, scenarios are played one at a time. Stops early when interrupted.
 */
export async function playAll(options: PlayAllOptions): Promise<void> {
  const { workers, scenarios, signal, timeoutPolicy } = options;
  const waiting = [...scenarios];
  const again: Scenario[] = [];
  const idle = [...workers];
  const running = new Set<Running>();
  let n = options.playedBefore;

  const begin = (scenario: Scenario, position: number): void => {
    const worker = idle.shift();
    if (worker === undefined) throw new TypeError('A scenario begins only when a worker is free.');
    const play = async (): Promise<void> => {
      const { repeated } = await playOne(worker, scenario, position, options, () => entry.isAlone);
      if (repeated) again.push(scenario);
      idle.push(worker);
      running.delete(entry);
    };
    const begun = Promise.withResolvers<undefined>();
    const entry: Running = { scenario, ended: begun.promise.then(play), isAlone: true };
    running.add(entry);
    if (running.size > 1) for (const one of running) one.isAlone = false;
    begun.resolve(undefined);
  };
  const mayJoin = async (): Promise<boolean> =>
    idle.length > 0 && again.length === 0 && !timeoutPolicy.hasHung && (await timerLagMs()) <= MOST_LAG_MS;

  while (running.size + waiting.length + again.length > 0) {
    if (signal.aborted) {
      await Promise.all([...running].map(({ ended }) => ended));
      return;
    }
    const next = again[0] ?? waiting[0];
    if (next !== undefined && (running.size === 0 || (await mayJoin()))) {
      const isRepeat = again.shift() !== undefined;
      if (!isRepeat) {
        waiting.shift();
        n += 1;
      }
      begin(next, n);
    } else await Promise.race([...running].map(({ ended }) => ended));
  }
}

async function playOne(
  worker: Worker,
  scenario: Scenario,
  n: number,
  { mode, progress, timeoutPolicy, log, playedBefore, scenarios }: PlayAllOptions,
  isAlone: () => boolean,
): Promise<Pick<ScenarioResult, 'repeated'>> {
  progress.scenario({ id: scenario.id, title: scenario.title, n, of: playedBefore + scenarios.length });
  const { hopeless } = timeoutPolicy;
  const played =
    hopeless === undefined ? await worker.runScenario(scenario, mode, isAlone) : leftOut(scenario, mode, log, hopeless);
  if (played.repeated)
    progress.note(`${scenario.id}: an action timed out beside other scenarios; it is played again alone.`);
  else progress.scenarioDone({ id: scenario.id, outcome: played.outcome, durationMs: played.durationMs });
  return played;
}

/** It would only repeat what was seen. */
function leftOut(
  scenario: Scenario,
  mode: Mode,
  log: Log,
  { outcome, why }: AbandonReason,
): Pick<ScenarioResult, 'outcome' | 'durationMs' | 'repeated'> {
  log.append({ kind: 'scenario-begin', title: scenario.title, mode }, scenario.id);
  log.append({ kind: 'scenario-end', outcome, detail: `Not played: ${why}`, durationMs: 0 }, scenario.id);
  return { outcome, durationMs: 0, repeated: false };
}
