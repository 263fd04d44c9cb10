import { expect, it } from 'vitest';
import type { Event, EventBody } from './event.ts';
import { judgedAttempts } from './judged-attempts.ts';

const history = (...entries: readonly (readonly [scenario: string, body: EventBody])[]): readonly Event[] =>
  entries.map(([scenario, body], index) => ({ seq: index + 1, t: index, scenario, prev: '', ...body }));
const begin: EventBody = { kind: 'scenario-begin', title: 'Login', mode: 'strict' };
const end: EventBody = { kind: 'scenario-end', outcome: 'completed', durationMs: 1 };
const note: EventBody = { kind: 'note', text: 'x' };

it('keeps every event of scenarios that were run once', () => {
  const events = history(['login', begin], ['chain', begin], ['login', end], ['chain', end]);
  expect(judgedAttempts(events)).toBe(events);
});

it('leaves out a play that was repeated, and nothing of other scenarios', () => {
  const events = history(
    ['login', begin],
    ['chain', note],
    ['login', note],
    ['login', { ...end, repeated: true }],
    ['login', begin],
    ['login', end],
  );
  expect(judgedAttempts(events).map(({ seq }) => seq)).toEqual([2, 5, 6]);
});

it('leaves the scenario out as long as the repeat has not begun', () => {
  expect(judgedAttempts(history(['login', begin], ['login', { ...end, repeated: true }]))).toEqual([]);
});
