/** Runs the scenarios of an open run: the set-up check first, then the rest in the mode it determined. */
import type { Mode } from '../../mock-server/mock.ts';
import { createConcurrency } from './concurrency.ts';
import type { Plan } from './plan.ts';
import { runPreflight } from './run-preflight.ts';
import { contactOf, faultOf } from './preflight.ts';
import type { ScenarioResult } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import { runAll } from './run-all.ts';
import { countWorkers } from './worker-count.ts';
import { createWorker, type Worker, type WorkerOptions } from './worker.ts';

/** Options of `runPlan`. */
export interface RunPlanOptions extends WorkerOptions {
  readonly planned: Plan;
  /** Number of scenarios that may run at once. */
  readonly workerCount: number | 'auto';
}

/** Records every event except `run-begin` and closes the history.
 * @throws HarnessError (exit 2) when the client cannot be judged at all. */
export async function runPlan(options: RunPlanOptions): Promise<void> {
  const { signal } = options;
  const { log } = options.opened;
  const workers: Worker[] = [];
  try {
    await playScenarios(options, workers);
    log.append(
      signal.aborted
        ? { kind: 'run-end', outcome: 'interrupted', detail: 'The run was interrupted.' }
        : { kind: 'run-end', outcome: 'completed' },
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    await log.close();
  }
}

async function playScenarios(options: RunPlanOptions, workers: Worker[]): Promise<void> {
  const { config, opened, planned, progress, signal, timeoutPolicy, workerCount } = options;
  const { observer } = opened;
  const first = await createWorker(options, config.mock.port);
  workers.push(first);
  const runIn = async (scenario: Scenario, mode: Mode): Promise<ScenarioResult> => {
    if (scenario.id !== 'strict') return first.runScenario(scenario, mode);
    progress.scenario({ id: scenario.id, title: scenario.title, n: 1, of: planned.scenarios.length + 1 });
    const result = await first.runScenario(scenario, mode);
    progress.scenarioDone({ id: scenario.id, outcome: result.outcome, durationMs: result.durationMs });
    if (observer.refused && !signal.aborted) {
      progress.note('The strict mock refused this client in pre-flight; the rest of the run only observes.');
    }
    return result;
  };
  const preflight = await runPreflight({ runIn, observer, policy: config.mock.policy, signal });
  if (signal.aborted) return;
  if (observer.harnessFault('strict') === undefined) {
    const fault = faultOf(contactOf(opened, config.app, preflight.logins.at(-1), timeoutPolicy.wholeMs));
    if (fault !== undefined) throw fault;
  }
  const rest = planned.scenarios.filter(({ id }) => !(preflight.loginRan && id === 'login'));
  const oneAtATime = whyOneAtATime(options);
  if (oneAtATime !== undefined && workerCount !== 1 && rest.length > 1)
    progress.note(`One scenario at a time: ${oneAtATime}.`);
  const count = countWorkers({ wanted: workerCount, scenarios: rest.length, oneAtATime });
  while (workers.length < count) workers.push(await createWorker(options, 0));
  const ranBefore = 1 + planned.scenarios.length - rest.length;
  await runAll({
    workers,
    scenarios: rest,
    mode: preflight.mode,
    log: opened.log,
    progress,
    signal,
    timeoutPolicy,
    ranBefore,
    // A number that was asked for is kept to.
    concurrency: workerCount === 'auto' ? createConcurrency(count, preflight.loginMs) : undefined,
  });
}

/** Returns why scenarios run one at a time; undefined when several may run at once, which needs a driver that starts the client and a
 * callback port that the client chooses itself. */
function whyOneAtATime({ opened: { driver }, config }: RunPlanOptions): string | undefined {
  if (!driver.parallelSessions) return `the driver ${driver.type} has one application for all of them`;
  const fixed = config.app.redirectUris.find((uri) => /^http:\/\/[^/]*:[1-9]\d*(?:\/|$)/u.test(uri));
  return fixed === undefined ? undefined : `the redirect URI ${fixed} has a fixed port`;
}
