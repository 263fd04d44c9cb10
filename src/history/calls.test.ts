import { describe, expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { callOutcome, sessionRefused, tallyCalls } from './calls.ts';
import type { ActionEnd } from './event.ts';
import type { SentAccessToken } from './facts.ts';

const token = (alive: boolean): SentAccessToken => ({
  ...secret('AT#1'),
  family: 'F#1',
  generation: 0,
  newest: alive,
  alive,
});

/** An API request, answered so; `marker` names its call. */
const asks = (tape: Tape, status: number, { alive = status < 400, marker, fault }: Asked = {}): number =>
  tape.resource(
    { accessToken: token(alive), ...(marker === undefined ? {} : { marker }) },
    { response: { status, ...(fault === undefined ? {} : { fault }) } },
  );

interface Asked {
  readonly alive?: boolean;
  readonly marker?: string;
  readonly fault?: string;
}

/** So many calls at once in the phase `herd`, with what `write` sends meanwhile. */
function tally(calls: number, write: (tape: Tape) => void, before: (tape: Tape) => void = () => undefined) {
  const tape = createTape('herd');
  before(tape);
  tape.phase('herd');
  for (let n = 1; n <= calls; n += 1) {
    tape.add({ kind: 'verb-begin', verb: n, name: 'call', process: 'P1', user: 'U1', marker: `sf-call-${String(n)}` });
  }
  write(tape);
  for (let n = 1; n <= calls; n += 1) {
    tape.add({ kind: 'verb-end', verb: n, name: 'call', process: 'P1', result: 'ok' });
  }
  const history = tape.history();
  return tallyCalls(history, history.phase('herd'));
}

const times = (count: number, write: (n: number) => unknown): void => {
  for (let n = 1; n <= count; n += 1) write(n);
};

describe('a session is refused', () => {
  const one = (status: number, asked: Asked) => {
    const tape = createTape('herd');
    asks(tape, status, asked);
    return tape.history().resources.some(sessionRefused);
  };

  test('by a 401, and by any error to an access token that was not valid', () => {
    expect(one(401, { alive: true })).toBe(true);
    for (const status of [400, 403, 500]) expect(one(status, { alive: false })).toBe(true);
  });

  test('not by an error to a valid token, nor by one that the harness made', () => {
    for (const status of [400, 403, 404, 500]) expect(one(status, { alive: true })).toBe(false);
    expect(one(503, { alive: false, fault: 'service-unavailable' })).toBe(false);
    expect(one(200, {})).toBe(false);
  });
});

describe('calls are counted by what the API answered', () => {
  test('of those that were refused each has to succeed afterwards', () => {
    const all = (again: number) => (tape: Tape) => {
      times(4, () => asks(tape, 401));
      times(again, () => asks(tape, 200));
    };
    expect(tally(4, all(4))).toMatchObject({ missing: 0, seen: true });
    expect(tally(4, all(1)).missing).toBe(3);
    expect(
      tally(4, (tape) => {
        asks(tape, 200);
        times(4, () => asks(tape, 401));
      }).missing,
    ).toBe(4);
  });

  test('a client that merges calls before sending is judged by its requests', () => {
    expect(tally(8, (tape) => [asks(tape, 401), asks(tape, 304)]).missing).toBe(0);
  });

  test('a client that sends several requests for a call owes no more than one for each call', () => {
    const several = (tape: Tape): void => {
      times(6, () => asks(tape, 401));
      times(2, () => asks(tape, 200));
    };
    expect(tally(2, several).missing).toBe(0);
  });

  test('an answer without a token, and an error, are no success', () => {
    const other = (tape: Tape): void => {
      asks(tape, 401);
      tape.resource({ accessToken: null });
      asks(tape, 404, { alive: true });
      asks(tape, 503);
    };
    expect(tally(1, other).missing).toBe(1);
  });

  test('where a client never gets anything but 404, that is its success', () => {
    const found = (before: (tape: Tape) => void) =>
      tally(1, (tape) => [asks(tape, 401), asks(tape, 404, { alive: true })], before).missing;
    expect(found((tape) => asks(tape, 404, { alive: true }))).toBe(0);
    expect(found((tape) => [asks(tape, 404, { alive: true }), asks(tape, 200)])).toBe(1);
    expect(found((tape) => asks(tape, 404, { alive: true, fault: 'not-found' }))).toBe(1);
  });

  test('markers show whose requests they are; a request without one counts as ever', () => {
    const marked = (numbers: readonly number[], answered: readonly (number | undefined)[]) => (tape: Tape) => {
      for (const n of numbers) asks(tape, 401, { marker: `sf-call-${String(n)}` });
      for (const n of answered) asks(tape, 200, n === undefined ? {} : { marker: `sf-call-${String(n)}` });
    };
    expect(tally(2, marked([1, 2], [1, 2])).missing).toBe(0);
    // Two answers to one call; the calls that were refused are not those that succeeded; markers of other calls.
    expect(tally(2, marked([1, 2], [1, 1])).missing).toBe(1);
    expect(tally(4, marked([1, 2], [3, 4])).missing).toBe(2);
    expect(tally(2, marked([1, 2], [undefined, undefined])).missing).toBe(0);
    expect(tally(2, marked([7, 8], [undefined, undefined])).missing).toBe(0);
  });

  test('an action that is open, unsupported or was cut off by the harness is no call that ended', () => {
    const tape = createTape('herd');
    tape.phase('herd');
    tape.action('call');
    for (const result of ['unsupported', 'interrupted', 'timed-out'] as const) tape.action('call')({ result });
    const history = tape.history();
    const { calls, failed, hung, seen } = tallyCalls(history, history.phase('herd'));
    expect([calls.length, failed.length, hung.length, seen]).toEqual([1, 1, 1, false]);
  });
});

describe('one call', () => {
  const outcome = (
    result: ActionEnd['result'] | 'open',
    within: (tape: Tape) => unknown,
    after = (_: Tape): unknown => 0,
  ) => {
    const tape = createTape('busy');
    tape.phase('busy');
    const end = tape.action('call');
    within(tape);
    if (result !== 'open') end({ result });
    after(tape);
    const history = tape.history();
    const [call] = history.actions;
    return call === undefined ? undefined : callOutcome(history, call);
  };

  test.each([
    ['succeeded', 'ok', (tape: Tape) => [asks(tape, 401), asks(tape, 200)]],
    ['unbacked', 'ok', (tape: Tape) => asks(tape, 401)],
    ['unbacked', 'ok', (tape: Tape) => tape.resource({ accessToken: token(true) }, { response: null })],
    ['unseen', 'ok', () => undefined],
    ['failed', 'failed', (tape: Tape) => asks(tape, 200)],
    ['failed', 'died', () => undefined],
    ['hung', 'timed-out', () => undefined],
    ['open', 'interrupted', () => undefined],
    ['open', 'open', () => undefined],
  ] as const)('%s: it ends %s', (expected, result, within) => {
    expect(outcome(result, within)).toBe(expected);
  });

  test('its requests may come after its answer, but not after the next call or phase', () => {
    const late = (tape: Tape): unknown => asks(tape, 200);
    expect(outcome('ok', () => undefined, late)).toBe('succeeded');
    expect(
      outcome(
        'ok',
        () => undefined,
        (tape) => [tape.phase('next'), late(tape)],
      ),
    ).toBe('unseen');
    expect(
      outcome(
        'ok',
        () => undefined,
        (tape) => [tape.action('call'), late(tape)],
      ),
    ).toBe('unseen');
  });
});
