import { expect, test } from 'vitest';
import { createTape, secret, type ExchangeParts, type Tape } from '../../test-kit/tape.ts';
import check from './keeps-old-token.check.ts';
import { giving, judge, refresh, refused, token, use } from './rotation.test-support.ts';
import { sharedAnswer } from './shared-answer.ts';

/** An answer without a refresh token. */
const bare: ExchangeParts = { response: { issued: { accessToken: secret('AT#2'), family: 'F#1', generation: 1 } } };
const failing =
  (write: (tape: Tape) => void) =>
  (tape: Tape): void => {
    const end = tape.action('call');
    write(tape);
    end({ result: 'failed' });
  };
/** A refresh that gives no refresh token (event 7), then what is written. */
const unrotated =
  (write: (tape: Tape) => void, answer = bare) =>
  (tape: Tape): void => {
    refresh(tape, token(9), bare);
    tape.phase('unrotated');
    refresh(tape, token(1), giving(8));
    refresh(tape, token(1), answer);
    write(tape);
  };
const dead = (tape: Tape, count: number, parts: ExchangeParts = {}, n = 2): void => {
  for (let i = 0; i < count; i += 1) use(tape, n, 401, { response: { status: 401 }, ...parts });
};
const sharing = { verdict: 'inconclusive', evidence: [7, 10, 12] };

test('RTR-09: the refresh after the answer decides, with both of them as evidence', () => {
  expect(
    judge(
      check,
      unrotated((tape) => refresh(tape, token(1))),
    ),
  ).toMatchObject({ verdict: 'pass', evidence: [7, 9] });
  expect(
    judge(
      check,
      unrotated((tape) => refresh(tape, token(2))),
    ),
  ).toMatchObject({ verdict: 'fail', evidence: [9, 7] });
  expect(
    judge(
      check,
      unrotated((tape) => refresh(tape, null)),
    ),
  ).toMatchObject({ verdict: 'fail', evidence: [9, 7] });
});

test('RTR-09: without such an answer that arrived, and without a failure after it, nothing is said', () => {
  expect(judge(check, (tape) => [refresh(tape, token(1), bare), refresh(tape, token(2))])).toBeUndefined();
  expect(
    judge(
      check,
      unrotated((tape) => refresh(tape, token(2)), refused),
    ),
  ).toBeUndefined();
  expect(
    judge(
      check,
      unrotated((tape) => tape.action('call')()),
    ),
  ).toBeUndefined();
  expect(
    judge(
      check,
      unrotated((tape) => tape.action('call')),
    ),
  ).toBeUndefined();
});

test('RTR-09: a client that refreshes no more fails by the calls that failed after the answer, or by asking for a login', () => {
  const early = (tape: Tape): void => {
    tape.phase('unrotated');
    tape.action('call')({ result: 'failed' });
    refresh(tape, token(1), bare);
    tape.action('status')({ connected: false });
    tape.action('call')({ result: 'failed' });
  };
  expect(judge(check, early)).toMatchObject({ verdict: 'fail', evidence: [5, 8, 10] });
});

test('RTR-09: the invalid token twice in one call is a shared answer', () => {
  expect(
    judge(
      check,
      unrotated(
        failing((tape) => {
          dead(tape, 2);
        }),
      ),
    ),
  ).toMatchObject(sharing);
});

test('RTR-09: the invalid token twice for one thing is a shared answer, whatever else is asked for once', () => {
  const course = failing((tape) => {
    dead(tape, 2);
    dead(tape, 1, { request: { path: '/once' } });
  });
  expect(judge(check, unrotated(course))).toMatchObject({ verdict: 'inconclusive', evidence: [7, 10, 12, 14] });
});

test.each<[string, (tape: Tape) => void]>([
  [
    'once in one call',
    failing((tape) => {
      dead(tape, 1);
    }),
  ],
  [
    'once in each of two',
    (tape) => {
      for (let n = 0; n < 2; n += 1)
        failing((one) => {
          dead(one, 1);
        })(tape);
    },
  ],
  [
    'for two things',
    failing((tape) =>
      ['/a', '/b'].forEach((path) => {
        dead(tape, 1, { request: { path } });
      }),
    ),
  ],
  [
    'in two ways',
    failing((tape) =>
      ['GET', 'POST'].forEach((method) => {
        dead(tape, 1, { request: { method } });
      }),
    ),
  ],
  [
    'before the answer',
    failing((tape) => {
      dead(tape, 2, { request: { begunAt: 5 } });
    }),
  ],
  [
    'while it lives',
    failing((tape) => {
      for (let n = 0; n < 2; n += 1) use(tape, 2, 200, { response: { status: 500 } });
    }),
  ],
  [
    'and it is another one',
    failing((tape) => {
      dead(tape, 2, {}, 1);
    }),
  ],
  [
    'or none',
    failing((tape) => {
      for (let n = 0; n < 2; n += 1) tape.resource({}, { response: { status: 401 } });
    }),
  ],
  [
    'and asks for a login',
    (tape) => {
      failing((one) => {
        dead(one, 2);
      })(tape);
      tape.action('status')({ connected: false });
    },
  ],
])('RTR-09: a client that sends the invalid token %s has lost its refresh token', (_, write) => {
  expect(judge(check, unrotated(write))?.verdict).toBe('fail');
});

test('RTR-09: only calls that were asked after the answer are counted, and only calls', () => {
  const course = (tape: Tape): void => {
    tape.phase('unrotated');
    const first = tape.action('call');
    refresh(tape, token(1), bare);
    tape.action('status')();
    first({ result: 'failed' });
    failing((during) => {
      dead(during, 2);
    })(tape);
  };
  expect(judge(check, course)).toMatchObject({ verdict: 'inconclusive', evidence: [4, 10, 12] });
});

test('RTR-09: an answer without an access token cannot be shared', () => {
  const none = { response: { issued: { family: 'F#1' } } };
  expect(
    judge(
      check,
      unrotated(
        failing((tape) => {
          dead(tape, 2);
        }),
        none,
      ),
    )?.verdict,
  ).toBe('fail');
});

test.each<[string, ExchangeParts, (tape: Tape) => void, number]>([
  ['is shared when its access token is sent twice', bare, () => undefined, 2],
  ['is not when it gave a refresh token', giving(2), () => undefined, 0],
  ['is not when another refresh followed', bare, (tape) => refresh(tape, token(1)), 0],
])('an answer %s', (_, answer, then, count) => {
  const tape = createTape('soak');
  refresh(tape, token(1));
  refresh(tape, token(1), answer);
  failing((during) => {
    dead(during, 2);
  })(tape);
  then(tape);
  const history = tape.history();
  const asked = history.refreshes[1];
  expect(asked === undefined ? undefined : sharedAnswer(history, asked).length).toBe(count);
});
