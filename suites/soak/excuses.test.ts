/** What a soak does not hold against a client, and what it does all the same: I4, I6 and I8 in detail. */
import { describe, expect, test } from 'vitest';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { calls, issues, sends, refreshes, refused, actionOf } from '../races/concurrent-calls.test-support.ts';
import { violations } from './invariants.ts';
import { performedOperations } from './performed.ts';
import { fails, family, operation } from './soak.test-support.ts';

const found = (history: ScenarioHistory) => violations(history, performedOperations(history));

/** What is found in a soak of one family in which `write` happens. */
function soak(write: (tape: Tape) => unknown, families: readonly string[] = ['F#1']) {
  const tape = createTape('soak');
  for (const name of families) family(tape, name);
  write(tape);
  return found(tape.history());
}

const invariants = (write: (tape: Tape) => unknown, families?: readonly string[]): readonly string[] =>
  soak(write, families).map(({ invariant }) => invariant);

describe('I4', () => {
  test('counts what was refused of the revoked family, from the moment of its end on', () => {
    const times = (more: (tape: Tape, at: number) => unknown) =>
      invariants((tape) => {
        refreshes(tape, 0, refused);
        const revoked = family(tape, 'F#1', 'revoked');
        const at = tape.history().events[revoked - 1]?.t ?? 0;
        refreshes(tape, 0, refused, { request: { begunAt: at } });
        refreshes(tape, 0, refused);
        more(tape, at);
      }).filter((invariant) => invariant === 'I4');
    expect(times(() => undefined)).toEqual([]);
    expect(times((tape) => refreshes(tape, 0, refused))).toEqual(['I4']);
    expect(times((tape, at) => refreshes(tape, 0, refused, { request: { begunAt: at - 1 } }))).toEqual([]);
    expect(times((tape) => refreshes(tape, 0, refused, { token: { family: 'F#2' } }))).toEqual([]);
    expect(times((tape) => refreshes(tape, 0, refused, { token: null }))).toEqual([]);
    // Not answered yet: the client has not been informed.
    expect(times((tape) => sends(tape, 0))).toEqual([]);
    expect(times((tape) => refreshes(tape, 0, { status: 399 }))).toEqual([]);
  });
});

test('I1 and I2 cite both uses, the later one first', () => {
  const sent: number[] = [];
  const [reuse] = soak((tape) => {
    sent.push(refreshes(tape, 0), refreshes(tape, 0, refused));
  });
  expect(reuse).toMatchObject({ invariant: 'I1', evidence: sent.toReversed() });
  const [overlap] = soak((tape) => {
    const both = [sends(tape, 0), sends(tape, 0)];
    sent.splice(0, 2, ...both.map(({ seq }) => seq));
  });
  expect(overlap).toMatchObject({ invariant: 'I2', evidence: sent.toReversed() });
});

test('I6: no token in the end', () => {
  const write = (tape: Tape): void => {
    tape.phase('probe');
    refreshes(tape, 0, refused, { token: null });
  };
  expect(invariants(write)).toEqual(['I6']);
});

describe('I8', () => {
  test.each(['died', 'timed-out'] as const)('an action that ends %s is reported, wherever it is', (result) => {
    let last = 0;
    const write = (tape: Tape): void => {
      const action = actionOf(tape, 80, { name: 'restart' });
      last = action.end({ result });
    };
    expect(soak(write)).toMatchObject([{ invariant: 'I8', evidence: [last] }]);
  });

  test('a call that fails is reported; a status that fails, or a call of a fault, is not', () => {
    expect(invariants((tape) => fails(tape))).toEqual(['I8']);
    const status = (tape: Tape): void => {
      operation(tape, { op: 'call' }, () => actionOf(tape, 70, { name: 'status' }).end({ result: 'failed' }));
      operation(tape, { op: 'fault', fault: 'busy' }, () => calls(tape, { result: 'failed' }));
    };
    expect(invariants(status)).toEqual([]);
  });

  test('the newest family has to live: not one before it, and not none', () => {
    const old = (tape: Tape): void => {
      family(tape, 'F#1', 'revoked');
      fails(tape);
    };
    expect(invariants(old, ['F#1', 'F#2'])).toEqual(['I8']);
    expect(invariants(old, ['F#2', 'F#1'])).toEqual([]);
    expect(invariants((tape) => fails(tape), [])).toEqual([]);
  });

  test('a login asked for excuses until one succeeds; no other action, and no login that failed, ends that', () => {
    const after = (name: 'authorize' | 'status', result: 'ok' | 'failed') =>
      invariants((tape) => {
        calls(tape, { result: 'failed', reauthorize: true });
        actionOf(tape, 80, { name }).end({ result });
        fails(tape);
      });
    expect(after('authorize', 'ok')).toEqual(['I8']);
    expect(after('authorize', 'failed')).toEqual([]);
    expect(after('status', 'ok')).toEqual([]);
  });

  describe('a token whose successor was lost', () => {
    /** An answer is lost, then `next` fails; `lost` is the answer. */
    const losing = (next: (tape: Tape) => void, lost = { ...issues(1), delivered: 'none' as const }, token = {}) =>
      invariants((tape) => {
        operation(tape, { op: 'fault', fault: 'reset-after-commit' }, () => {
          calls(tape, { result: 'failed' }, () => refreshes(tape, 0, lost, token));
        });
        next(tape);
      });
    const sending =
      (generation: number, token = {}) =>
      (tape: Tape) => {
        fails(tape, () => refreshes(tape, generation, refused, token));
      };
    const none = { token: null };

    test('excuses the call that sends it: nothing can come of it', () => {
      expect(losing(sending(0))).toEqual([]);
    });

    test('excuses no call with another token, with none, or without a refresh', () => {
      expect(losing(sending(5))).toEqual(['I8']);
      expect(losing(sending(0, none))).toEqual(['I8']);
      expect(losing((tape) => fails(tape))).toEqual(['I8']);
    });

    test('is not lost while its answer is on its way', () => {
      const open = (tape: Tape): void => {
        sends(tape, 5);
        sending(5)(tape);
      };
      expect(losing(open)).toContain('I8');
    });

    test('was lost with a new refresh token: one that reached the client, or brought none, is no excuse', () => {
      expect(losing(sending(0), { ...issues(1), delivered: 'none', issued: {} } as never)).toEqual(['I8']);
      expect(losing(sending(0), { status: 503, delivered: 'none' } as never)).toEqual(['I8']);
    });

    test('excuses no call in which it was sent only before or afterwards', () => {
      const earlier = (tape: Tape): void => {
        sending(0)(tape);
        fails(tape);
      };
      expect(losing(earlier)).toEqual(['I8']);
      const later = (tape: Tape): void => {
        fails(tape);
        sending(0)(tape);
      };
      expect(losing(later)).toEqual(['I8']);
    });

    test('is lost when it is sent again, not when it is sent first', () => {
      const first = (tape: Tape): void => {
        operation(tape, { op: 'call' }, () => {
          calls(tape, { result: 'failed' }, () => refreshes(tape, 0, { ...issues(1), delivered: 'cut' }));
        });
      };
      expect(invariants(first)).toEqual(['I8']);
      expect(losing(first, undefined, none)).toEqual(['I8']);
    });
  });
});
