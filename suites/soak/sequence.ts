/** Runs operations one after another, from a login to the calls that show which tokens the client has kept. */
import type { ActionAnswer } from '../../src/drivers/driver.ts';
import type { ScenarioContext } from '../../src/run/scenario.ts';
import { violations, type Violation } from './invariants.ts';
import type { Operation } from './operations.ts';
import { perform } from './perform.ts';
import { performedOperations, sequencesOf, type PerformedOperation } from './performed.ts';

/** How a sequence of operations ended. */
export interface Ending {
  /** The first invariant that the client itself broke. */
  readonly broken: Violation | undefined;
  readonly performed: readonly PerformedOperation[];
  readonly hung: boolean;
}

/** The invariants are checked after every so many operations, and at the end. */
const EVERY = 8;

/** Runs operations until an invariant is broken, but not after `until` (`performance.now()`); the first `least` operations may take
 * longer. */
export async function runSequence(
  stage: ScenarioContext,
  operations: readonly Operation[],
  until: number,
  least = { operations: 0, until },
): Promise<Ending> {
  stage.phase('operations', String(operations.length));
  await stage.login();
  let connected = true;
  for (const [index, operation] of operations.entries()) {
    if (performance.now() > (index < least.operations ? least.until : until)) break;
    if (!connected) {
      stage.phase('op', JSON.stringify({ op: 'login' }));
      await stage.login();
    }
    stage.phase('op', JSON.stringify(operation));
    const answers = await perform(operation, stage);
    if (answers.some(({ result }) => result === 'timed-out')) return { ...seen(stage), hung: true };
    connected = stillConnected(answers, stage);
    if ((index + 1) % EVERY !== 0) continue;
    const now = seen(stage);
    if (now.broken !== undefined) return { ...now, hung: false };
  }
  await probe(stage, connected);
  return { ...seen(stage), hung: false };
}

async function probe(stage: ScenarioContext, connected: boolean): Promise<void> {
  if (!connected) await stage.login();
  stage.phase('probe');
  await stage.refreshByCall();
  const { result } = await stage.client.restart();
  if (result !== 'ok' || stage.app.persistence === 'session') return;
  await stage.refreshByCall();
  await stage.quiet();
}

function seen(stage: ScenarioContext): Omit<Ending, 'hung'> {
  const history = sequencesOf(stage.history()).at(-1) ?? stage.history();
  const performed = performedOperations(history);
  return { broken: violations(history, performed).find(({ cause }) => cause === undefined), performed };
}

/** Returns whether the client has not asked for a login and the newest family is valid. */
function stillConnected(answers: readonly ActionAnswer[], { control }: ScenarioContext): boolean {
  return !answers.some(({ reauthorize }) => reauthorize === true) && control.families().at(-1)?.alive === true;
}
