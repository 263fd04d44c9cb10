import { describe, expect, test } from 'vitest';
import type { AuthorizationFacts } from '../../src/history/facts.ts';
import { secret, type Tape } from '../../test-kit/tape.ts';
import refreshHappens from './refresh-happens.check.ts';
import { giving, judge, old, refresh, token, use } from './rotation.test-support.ts';

describe('RTR-01', () => {
  const login = (tape: Tape, parts = giving(1), authorization: Partial<AuthorizationFacts> = {}): number =>
    tape.login({ exchange: parts, authorization });
  const dead = (tape: Tape, status = 401): void => {
    tape.phase('chain');
    const end = tape.action('call');
    use(tape, 1, status);
    end({ result: 'failed' });
  };

  test.each([
    ['the token of the login', token(1), 'pass', 'RT#1, the token of the login'],
    ['a later one', token(3), 'pass', 'RT#3, the token of rotation 2'],
    ['an old one', old(1), 'fail', 'RT#1, the token of the login'],
    ['an unknown one', token(9, { family: null, head: false }), 'fail', 'that was never issued'],
    ['a leftover', token(9, { literal: 'null', family: null, head: false }), 'fail', 'the text "null" instead'],
    ['an empty one', token(9, { literal: 'empty', family: null, head: false }), 'fail', 'sent an empty refresh token;'],
    ['none', null, 'fail', 'sent no refresh token'],
  ])('the first refresh of the chain, with %s, decides', (_, sent, verdict, message) => {
    const course = (tape: Tape): void => {
      refresh(tape, old(7));
      tape.phase('chain');
      refresh(tape, sent);
      refresh(tape, sent === null ? token(2) : null);
    };
    expect(judge(refreshHappens, course)).toMatchObject({
      verdict,
      message: expect.stringContaining(message) as string,
      evidence: [5],
    });
  });

  test.each([401, 403])('a session that a %i ends, and no refresh, fails', (status) => {
    const course = (tape: Tape): void => {
      login(tape);
      dead(tape, status);
    };
    expect(judge(refreshHappens, course)).toMatchObject({ verdict: 'fail', evidence: [11] });
  });

  test.each([
    ['application/json', 'its Content-Type was application/json; application/x-www-form-urlencoded was expected'],
    [null, 'its Content-Type was missing; application/x-www-form-urlencoded was expected'],
    ['application/x-www-form-urlencoded', 'it contained no refresh token'],
  ])(
    'a token request that cannot be read as a refresh, with a body of %s, fails and is described',
    (contentType, message) => {
      const course = (tape: Tape): void => {
        login(tape);
        dead(tape);
        refresh(tape, null, { response: { status: 400 } }, { grantType: null, contentType });
      };
      expect(judge(refreshHappens, course)).toMatchObject({
        verdict: 'fail',
        message: expect.stringContaining(message) as string,
        evidence: [14, 11],
      });
    },
  );

  test('a refresh by GET that was refused is none; one that was accepted is judged by its token', () => {
    const byGet = (status: number) => (tape: Tape) => {
      tape.phase('chain');
      refresh(tape, token(1), { request: { method: 'GET' }, response: { status } });
    };
    expect(judge(refreshHappens, byGet(400))).toMatchObject({
      verdict: 'fail',
      message: 'The first refresh was a GET, which was refused; a POST was expected.',
      evidence: [3],
    });
    expect(judge(refreshHappens, byGet(200))?.verdict).toBe('pass');
  });

  test('while the session lives, or no call was answered, nothing puts it to the test', () => {
    expect(judge(refreshHappens, (tape) => dead(tape, 200))).toBeUndefined();
    expect(judge(refreshHappens, (tape) => use(tape, 1, 200, { response: { status: 500 } }))).toBeUndefined();
    const unanswered = (tape: Tape): void => {
      login(tape);
      tape.phase('chain');
      use(tape, 1, 200, { response: null });
    };
    expect(judge(refreshHappens, unanswered)).toBeUndefined();
    const early = (tape: Tape): void => {
      login(tape);
      use(tape, 1, 401);
      tape.phase('chain');
    };
    expect(judge(refreshHappens, early)).toBeUndefined();
  });

  test.each<[string, (tape: Tape) => void, string, readonly number[]]>([
    ['whose login was not recorded', (tape) => dead(tape), 'not recorded here', [4]],
    [
      'that received no refresh token',
      (tape) => {
        tape.login({ exchange: { response: { issued: { accessToken: secret('AT#1') } } } });
        dead(tape);
      },
      'returned no refresh token',
      [11],
    ],
    [
      'that asks for a new login',
      (tape) => {
        login(tape);
        dead(tape);
        tape.action('status')({ connected: false });
        tape.action('call')({ reauthorize: true });
        tape.action('status')({ connected: true });
        tape.action('status');
      },
      'asked its user',
      [15, 17],
    ],
  ])('a client %s is not blamed for not refreshing', (_, write, message, evidence) => {
    expect(judge(refreshHappens, write)).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining(message) as string,
      evidence,
    });
  });
});
