import { expect, test } from 'vitest';
import { createTape } from '../../test-kit/tape.ts';
import { scenarioHistory } from '../history/query.ts';
import { reportScenario } from './report-scenario.ts';

test('its title, how it ended, and how long it took', () => {
  const tape = createTape('login');
  tape.add({ kind: 'scenario-end', outcome: 'timed-out', detail: 'No answer.', durationMs: 12.6 });
  expect(reportScenario(tape.history())).toEqual({
    ...{ id: 'login', title: 'login', outcome: 'timed-out', detail: 'No answer.', durationMs: 13 },
  });
});

test('without an end it was interrupted, without a beginning it has its id for a title', () => {
  const begin = createTape('login').history().events.slice(0, 1);
  expect(
    reportScenario(scenarioHistory('login', [{ ...begin[0], title: 'One login' } as (typeof begin)[0] & object])),
  ).toEqual({ id: 'login', title: 'One login', outcome: 'interrupted', durationMs: 0 });
  expect(reportScenario(scenarioHistory('login', []))).toEqual({
    ...{ id: 'login', title: 'login', outcome: 'interrupted', durationMs: 0 },
  });
});

test('of two ends, as after a restart of the harness, the last one counts', () => {
  const tape = createTape('login');
  tape.add({ kind: 'scenario-end', outcome: 'error', durationMs: 1 });
  tape.add({ kind: 'scenario-end', outcome: 'completed', durationMs: 2 });
  expect(reportScenario(tape.history())).toMatchObject({ outcome: 'completed', durationMs: 2 });
});
