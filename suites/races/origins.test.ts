import { describe, expect, test } from 'vitest';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { asks, refreshes, actionOf } from './concurrent-calls.test-support.ts';
import { originsOf, sameOrigin, severalOrigins } from './processes.ts';

const starts = (tape: Tape, process: string): number => tape.add({ kind: 'process-begin', process });
const ends = (tape: Tape, process: string): number =>
  tape.add({ kind: 'process-end', process, code: 0, signal: null, expected: true });
const sends = (tape: Tape, connection: string): number => refreshes(tape, 0, {}, { request: { connection } });

/** The processes that each refresh may have come from, in order. */
function origins(write: (tape: Tape) => void): readonly (readonly string[])[] {
  const history = written(write);
  return history.refreshes.map(originsOf(history));
}

function written(write: (tape: Tape) => void): ScenarioHistory {
  const tape = createTape('herd');
  write(tape);
  return tape.history();
}

describe('a connection came from a process that lived at each of its exchanges', () => {
  test('not from one that began later, nor from one that had ended', () => {
    const shifts = (tape: Tape): void => {
      starts(tape, 'P1');
      sends(tape, 'C1');
      starts(tape, 'P2');
      sends(tape, 'C2');
      ends(tape, 'P1');
      sends(tape, 'C3');
      // The same connection was there while only P1 lived.
      sends(tape, 'C4');
    };
    expect(origins(shifts)).toEqual([['P1'], ['P1', 'P2'], ['P2'], ['P2']]);
    const spans = (tape: Tape): void => {
      starts(tape, 'P1');
      sends(tape, 'C1');
      starts(tape, 'P2');
      sends(tape, 'C1');
    };
    expect(origins(spans)).toEqual([['P1'], ['P1']]);
  });

  test('a process that was started anew lives on, until it is ended for good', () => {
    const again = (tape: Tape): void => {
      starts(tape, 'P1');
      for (let n = 0; n < 2; n += 1) {
        ends(tape, 'P1');
        starts(tape, 'P1');
      }
      sends(tape, 'C1');
    };
    expect(origins(again)).toEqual([['P1']]);
    const over = (tape: Tape): void => {
      again(tape);
      ends(tape, 'P1');
      sends(tape, 'C2');
    };
    expect(origins(over)).toEqual([['P1'], []]);
  });

  test('a client that the harness did not start was there all the time, under each name that it was asked by', () => {
    const asked = (tape: Tape): void => {
      sends(tape, 'C1');
      actionOf(tape, 1, { process: 'P1' }).end();
      actionOf(tape, 2, { process: 'P2' }).end();
    };
    expect(origins(asked)).toEqual([['P1', 'P2']]);
  });
});

describe('a connection on which a code was redeemed came from the process whose login it was', () => {
  /** Two processes; P2 logs in, and meanwhile `within` happens; then a refresh on the connection of its code exchange. */
  const login =
    (within: (tape: Tape) => unknown, done = true) =>
    (tape: Tape) => {
      starts(tape, 'P1');
      starts(tape, 'P2');
      actionOf(tape, 1, { process: 'P1', name: 'authorize' }).end();
      const action = actionOf(tape, 2, { process: 'P2', name: 'authorize' });
      within(tape);
      tape.authorize();
      if (done) action.end();
      tape.token({}, { request: { connection: 'C1' } });
      sends(tape, 'C1');
    };

  test('though both lived, and others were asked for other things; the login may end before or after', () => {
    const busy = (tape: Tape) => actionOf(tape, 3, { process: 'P1' });
    expect(origins(login(busy))).toEqual([['P2']]);
    expect(origins(login(busy, false))).toEqual([['P2']]);
  });

  test('not when two logins were under way, or the code is unknown', () => {
    const both = (tape: Tape) => actionOf(tape, 3, { process: 'P1', name: 'authorize' });
    expect(origins(login(both))).toEqual([['P1', 'P2']]);
    const unknown = (tape: Tape): void => {
      starts(tape, 'P1');
      starts(tape, 'P2');
      actionOf(tape, 2, { process: 'P2', name: 'authorize' });
      tape.token({ code: null }, { request: { connection: 'C1' } });
      sends(tape, 'C1');
    };
    expect(origins(unknown)).toEqual([['P1', 'P2']]);
  });

  test('not of a login that was asked for later', () => {
    const early = (tape: Tape): void => {
      starts(tape, 'P1');
      starts(tape, 'P2');
      tape.authorize();
      actionOf(tape, 2, { process: 'P2', name: 'authorize' });
      tape.token({}, { request: { connection: 'C1' } });
      sends(tape, 'C1');
    };
    expect(origins(early)).toEqual([['P1', 'P2']]);
  });
});

test('two exchanges are of one process when no other process can have sent them, or on one connection', () => {
  const history = written((tape) => {
    starts(tape, 'P1');
    sends(tape, 'C1');
    sends(tape, 'C2');
    starts(tape, 'P2');
    sends(tape, 'C3');
    sends(tape, 'C3');
    ends(tape, 'P1');
    sends(tape, 'C4');
  });
  const from = originsOf(history);
  const same = (one: number, other: number): boolean => {
    const [first, second] = [history.refreshes[one], history.refreshes[other]];
    if (first === undefined || second === undefined) throw new RangeError('There are five refreshes.');
    return sameOrigin(from, first, second);
  };
  expect(same(0, 1)).toBe(true);
  expect(same(2, 3)).toBe(true);
  // P1 alone, then P1 or P2; and the other way round.
  expect([same(0, 2), same(2, 0)]).toEqual([false, false]);
  // P1 alone, then P2 alone.
  expect(same(0, 4)).toBe(false);
  expect(severalOrigins(from, history.refreshes.slice(0, 2))).toBe(false);
  expect(severalOrigins(from, history.refreshes.slice(2, 3))).toBe(true);
});

test('an exchange of another history belongs to no process', () => {
  const tape = createTape('herd');
  asks(tape, 0).answer();
  const [one] = tape.history().resources;
  expect(one === undefined ? undefined : originsOf(createTape('herd').history())(one)).toEqual([]);
});
