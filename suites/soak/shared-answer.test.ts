/** I8, and the client that hands on one answer for longer than the harness lets the token live. */
import { describe, expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { asks, calls, sends, refreshes, refused, actionOf } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './invariants.check.ts';
import { fails, family, operation } from './soak.test-support.ts';

describe('an answer without a refresh token that is handed on from memory', () => {
  /** A fault brings AT#1 and no refresh token; then `between`; then a call that uses it twice and fails; then `after`. */
  function shared(between: (tape: Tape) => void = () => undefined, after: (tape: Tape) => void = () => undefined) {
    const tape = createTape('soak');
    family(tape, 'F#1');
    sends(tape, 0).answer({ status: 200, issued: { accessToken: secret('AT#0') } });
    operation(tape, { op: 'fault', fault: 'no-refresh-token' }, () => {
      const issued = { accessToken: secret('AT#1'), family: 'F#1', generation: 1 };
      calls(tape, {}, () => refreshes(tape, 3, { issued }));
    });
    between(tape);
    const used: number[] = [];
    let ended = 0;
    operation(tape, { op: 'refresh', calls: 1 }, () => {
      ended = calls(tape, { result: 'failed' }, () => {
        for (let n = 0; n < 2; n += 1) {
          const { seq, answer } = asks(tape, 1);
          answer({ status: 401 });
          used.push(seq);
        }
      });
    });
    after(tape);
    return { finding: check.judge(tape.history(), runFacts()), used, ended };
  }
  const blocked = { verdict: 'inconclusive', broken: ['token-kept-without-new'] };

  test('is RTR-09’s; it rests on the call and on what was refused', () => {
    const { finding, used, ended } = shared();
    expect(finding).toMatchObject({ ...blocked, evidence: [ended, ...used] });
  });

  test('whatever was refused, called or refreshed before it and after it', () => {
    const before = (tape: Tape): void => {
      operation(tape, { op: 'fault', fault: 'busy' }, () => {
        calls(tape, { result: 'failed' }, () => refreshes(tape, 3, { status: 503 }));
      });
      operation(tape, { op: 'call' }, () => calls(tape, {}, () => asks(tape, 1).answer()));
      operation(tape, { op: 'fault', fault: 'unauthorized' }, () => sends(tape, 4));
    };
    const after = (tape: Tape): void => {
      operation(tape, { op: 'refresh', calls: 1 }, () => calls(tape, {}, () => refreshes(tape, 5)));
    };
    expect(shared(before, after).finding).toMatchObject(blocked);
  });

  test('hides nothing else: what is broken by itself is reported', () => {
    const reuse = (tape: Tape): void => {
      operation(tape, { op: 'call' }, () => {
        calls(tape, {}, () => {
          refreshes(tape, 6);
          refreshes(tape, 6, refused);
        });
      });
    };
    expect(shared(undefined, reuse).finding).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('I1:') as string,
    });
  });

  test('is not the shortest sequence of a call that fails of itself', () => {
    const fresh = (tape: Tape): void => {
      tape.phase('operations');
      actionOf(tape, 90, { name: 'authorize' }).end();
      family(tape, 'F#1');
    };
    const failing = (tape: Tape): void => {
      fresh(tape);
      operation(tape, { op: 'restart' }, () => undefined);
      operation(tape, { op: 'login' }, () => undefined);
      fails(tape);
    };
    const { finding } = shared((tape) => {
      // The first sequence ends with a call that fails of itself.
      tape.phase('operations');
      fails(tape);
      fresh(tape);
      operation(tape, { op: 'fault', fault: 'no-refresh-token' }, () => {
        calls(tape, {}, () => refreshes(tape, 8, { issued: { accessToken: secret('AT#1'), family: 'F#1' } }));
      });
    }, failing);
    expect(finding).toMatchObject({ verdict: 'fail', message: expect.stringContaining('I8:') as string });
    expect(finding?.diagnosis).toContain('login, restart, login, call (2 shorter sequences tried)');
  });
});
