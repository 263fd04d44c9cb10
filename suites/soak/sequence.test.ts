import { expect, test } from 'vitest';
import type { ActionAnswer } from '../../src/drivers/driver.ts';
import type { ScenarioContext } from '../../src/run/scenario.ts';
import { scenarioHistory } from '../../src/history/query.ts';
import type { Operation } from './operations.ts';
import { runSequence } from './sequence.ts';

const CALLS: readonly Operation[] = Array.from({ length: 20 }, () => ({ op: 'call' }));
const ok: ActionAnswer = { result: 'ok' };

/** A client without a fault, and the phases that were run with it. */
function createStage() {
  const phases: string[] = [];
  const control = { families: () => [{ alive: true }], expireAccessTokens: () => undefined };
  const client = { restart: () => Promise.resolve(ok), call: () => Promise.resolve(ok) };
  const stage = {
    ...{ app: {}, control, client },
    phase: (name: string) => phases.push(name),
    login: () => Promise.resolve(ok),
    calls: () => Promise.resolve([ok]),
    refreshByCall: () => Promise.resolve(ok),
    quiet: () => Promise.resolve(),
    history: () => scenarioHistory('soak', []),
  } as unknown as ScenarioContext;
  return { stage, performed: () => phases.filter((name) => name === 'op').length };
}

test('a slow client plays the operations that a verdict needs, and no more', async () => {
  const { stage, performed } = createStage();
  await runSequence(stage, CALLS, 0, { operations: 12, until: Infinity });
  expect(performed()).toBe(12);
});

test('a fast client runs all of them, and one that is slower than slow ends without a verdict', async () => {
  const fast = createStage();
  await runSequence(fast.stage, CALLS, Infinity);
  expect(fast.performed()).toBe(CALLS.length);
  const slowest = createStage();
  await runSequence(slowest.stage, CALLS, 0, { operations: 12, until: 0 });
  expect(slowest.performed()).toBe(0);
});
