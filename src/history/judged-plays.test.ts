import { expect, it } from 'vitest';
import type { Event, EventBody } from './event.ts';
import { judgedPlays } from './judged-plays.ts';

const history = (...entries: readonly (readonly [scenario: string, body: EventBody])[]): readonly Event[] =>
  entries.map(([scenario, body], index) => ({ seq: index + 1, t: index, scenario, prev: '', ...body }));
const begin: EventBody = { kind: 'scenario-begin', title: 'Login', mode: 'strict' };
const end: EventBody = { kind: 'scenario-end', outcome: 'completed', durationMs: 1 };
const note: EventBody = { kind: 'note', text: 'x' };

it('keeps every event of scenarios that were played once', () => {
  const events = history(['login', begin], ['chain', begin], ['login', end], ['chain', end]);
  expect(judgedPlays(events)).toBe(events);
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
  expect(judgedPlays(events).map(({ seq }) => seq)).toEqual([2, 5, 6]);
});

it('leaves the scenario out as long as the repeat has not begun', () => {
  expect(judgedPlays(history(['login', begin], ['login', { ...end, repeated: true }]))).toEqual([]);
});
