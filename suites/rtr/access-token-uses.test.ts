import { describe, expect, test } from 'vitest';
import { secret, type Tape } from '../../test-kit/tape.ts';
import check from './new-access-token.check.ts';
import { giving, judge, refresh, token, use } from './rotation.test-support.ts';

/** A call that does `write`. */
const calling =
  (write: (tape: Tape) => void, result: 'ok' | 'failed' = 'ok') =>
  (tape: Tape): void => {
    const end = tape.action('call');
    write(tape);
    end({ result });
  };
/** `AT#1` by a login, `AT#2` by a refresh; that is answered by event 10. */
const rotated = (tape: Tape): void => {
  tape.login({ exchange: giving(1) });
  refresh(tape, token(1), giving(2));
};

describe('RTR-07: what a client knew when it was asked for a call', () => {
  test('only uses that follow a refresh count', () => {
    const course = (tape: Tape): void => {
      tape.login({ exchange: giving(1) });
      calling((during) => use(during, 1))(tape);
      refresh(tape, token(1), giving(2));
      calling((during) => use(during, 2))(tape);
      tape.phase('restart');
      calling((during) => use(during, 1))(tape);
    };
    expect(judge(check, course)).toMatchObject({ verdict: 'pass', evidence: [16] });
  });

  test.each<[string, (tape: Tape) => void, number]>([
    ['within a call', calling((tape) => use(tape, 1, 401)), 14],
    ['by itself', (tape) => use(tape, 1, 401), 13],
    ['within a call, from another life', calling((tape) => use(tape, 9, 401)), 14],
  ])('an old token %s fails', (_, write, seq) => {
    const finding = judge(check, (tape) => {
      rotated(tape);
      tape.action('status');
      tape.add({ kind: 'verb-end', verb: 2, name: 'status', process: 'P1', result: 'ok' });
      write(tape);
    });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [seq, 10] });
  });

  test('nothing of a client that answers calls before it has made them', () => {
    const course = (answer: 'ok' | 'failed') => (tape: Tape) => {
      tape.login({ exchange: giving(1) });
      calling((during) => use(during, 1, 401), answer)(tape);
      refresh(tape, token(1), giving(2));
      calling((during) => use(during, 1, 401), answer)(tape);
    };
    expect(judge(check, course('ok'))).toBeUndefined();
    expect(judge(check, course('failed'))?.verdict).toBe('fail');
  });

  test.each<[string, (tape: Tape) => void]>([
    ['without a token', (tape) => tape.resource()],
    [
      'with an unknown token',
      (tape) =>
        tape.resource({
          accessToken: { ...secret('AT#1'), family: null, generation: -1, newest: false, alive: false },
        }),
    ],
    [
      'of a call that was asked while an earlier one was under way',
      (tape) => {
        const earlier = tape.action('call');
        refresh(tape, token(2), giving(3));
        const later = tape.action('call');
        earlier();
        use(tape, 2, 401);
        later();
      },
    ],
    [
      'that began in the moment when an earlier one ended',
      (tape) => {
        tape.action('call')();
        tape.wait(-10);
        calling((during) => use(during, 1, 401))(tape);
      },
    ],
    [
      'of the first of two calls, which may be of either',
      (tape) => {
        tape.action('call');
        refresh(tape, token(2), giving(3));
        tape.action('call');
        use(tape, 2, 401);
      },
    ],
  ])('a request %s says nothing', (_, write) => {
    const finding = judge(check, (tape) => {
      rotated(tape);
      write(tape);
    });
    expect(finding?.verdict).not.toBe('fail');
  });

  test('an answer counts from the moment in which it has arrived', () => {
    const asked = (wait: number) => (tape: Tape) => {
      rotated(tape);
      tape.wait(wait);
      calling((during) => use(during, 1, 401))(tape);
    };
    expect(judge(check, asked(-10))?.verdict).toBe('fail');
    expect(judge(check, asked(-11))).toBeUndefined();
  });

  test.each([
    ['refused', { ...giving(2).response, status: 400 }],
    ['cut off', { ...giving(2).response, delivered: 'cut' as const }],
    ['empty', {}],
    ['without an access token', { issued: { family: 'F#1' } }],
    ['never sent', null],
  ])('an answer that was %s gave the client nothing', (_, response) => {
    const course = (tape: Tape): void => {
      tape.login({ exchange: giving(1) });
      refresh(tape, token(1), giving(2));
      refresh(tape, token(2), { response });
      calling((during) => use(during, 2))(tape);
    };
    expect(judge(check, course)?.verdict).toBe('pass');
  });

  test('the token that was given again is the newest', () => {
    const course = (tape: Tape): void => {
      rotated(tape);
      refresh(tape, token(2), giving(3));
      refresh(tape, token(3), giving(2));
      calling((during) => use(during, 2))(tape);
    };
    expect(judge(check, course)?.verdict).toBe('pass');
  });

  test('of two refreshes at once the answer that arrived last gave the newest', () => {
    const course = (label: number) => (tape: Tape) => {
      refresh(tape, token(1), { response: null });
      refresh(tape, token(1), giving(3));
      tape.add({
        kind: 'response',
        exchange: 1,
        endpoint: 'token',
        status: 200,
        delivered: 'complete',
        ...giving(2).response,
      });
      calling((during) => use(during, label))(tape);
    };
    expect(judge(check, course(2))?.verdict).toBe('pass');
    expect(judge(check, course(3))?.verdict).toBe('fail');
  });

  test('among many answers and calls each use is held against the last before it', () => {
    const course =
      (late: number) =>
      (tape: Tape): void => {
        tape.login({ exchange: giving(1) });
        for (let n = 1; n < 9; n += 1) {
          refresh(tape, token(n), giving(n + 1));
          calling((during) => use(during, n === 5 ? 6 - late : n + 1))(tape);
        }
      };
    expect(judge(check, course(0))).toMatchObject({
      verdict: 'pass',
      evidence: [12, 18, 24, 30, 36, 42, 48, 54],
    });
    expect(judge(check, course(1))).toMatchObject({ verdict: 'fail', evidence: [36, 34] });
  });
});
