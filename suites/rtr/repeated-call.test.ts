import { describe, expect, test } from 'vitest';
import type { ExchangeParts, Tape } from '../../test-kit/tape.ts';
import check from './new-access-token.check.ts';
import { giving, judge, refresh, refused, token, use } from './rotation.test-support.ts';

const begins = (begunAt: number): ExchangeParts => ({ request: { begunAt } });
/** A call that does `write`. */
const calling =
  (write: (tape: Tape) => void, result: 'ok' | 'failed' = 'ok') =>
  (tape: Tape): void => {
    const end = tape.action('call');
    write(tape);
    end({ result });
  };
describe('RTR-07: a call that is repeated with the token that was refused', () => {
  interface Course {
    readonly first?: number;
    readonly answer?: ExchangeParts;
    readonly again?: ExchangeParts;
    readonly action?: 'call' | 'status';
    readonly result?: 'ok' | 'failed';
    readonly meanwhile?: (tape: Tape) => void;
    readonly more?: (tape: Tape) => void;
  }
  const course =
    ({ first = 401, answer = giving(2), again = {}, action = 'call', result = 'failed', meanwhile, more }: Course) =>
    (tape: Tape) => {
      const end = tape.action(action);
      use(tape, 1, first);
      meanwhile?.(tape);
      refresh(tape, token(1), answer);
      use(tape, 1, 401, { response: { status: 401 }, ...again });
      more?.(tape);
      end({ result });
    };

  test('fails, with the request and the answer that it should have heeded', () => {
    expect(judge(check, course({}))).toMatchObject({
      verdict: 'fail',
      diagnosis: expect.stringContaining('reads the access token once') as string,
      evidence: [7, 6],
    });
  });

  test('fails though a call before it left the retry to its caller', () => {
    const second = (tape: Tape): void => {
      course({ again: begins(0) })(tape);
      course({ answer: giving(3) })(tape);
    };
    expect(judge(check, second)).toMatchObject({ verdict: 'fail', evidence: [15, 14] });
  });

  test('fails though another call came before or after it', () => {
    const between = (tape: Tape): void => {
      tape.action('call')();
      course({})(tape);
      tape.action('call')();
    };
    expect(judge(check, between)).toMatchObject({ verdict: 'fail', evidence: [9, 8] });
  });

  test.each<[string, Course]>([
    ['of another action', { action: 'status' }],
    ['when no session had expired', { first: 200 }],
    ['when the call was forbidden', { first: 403 }],
    ['when the refresh was refused', { answer: refused }],
    ['when the refresh brought nothing', { answer: {} }],
    ['when the refresh brought no access token', { answer: { response: { issued: { family: 'F#1' } } } }],
    ['when it set out before the answer', { again: begins(55) }],
    ['when the new token was tried too', { more: (tape) => use(tape, 2, 401) }],
    ['when another call was under way', { meanwhile: (tape) => tape.action('call') }],
    ['when another call came and went', { meanwhile: (tape) => tape.action('call')() }],
  ])('says nothing %s', (_, parts) => {
    expect(judge(check, course(parts))).toBeUndefined();
  });

  test('fails though the client reports a success that the API never gave', () => {
    expect(judge(check, course({ result: 'ok' }))).toMatchObject({ verdict: 'fail', evidence: [7, 6] });
  });

  test('fails though the call also asked without a token, and for what was never answered', () => {
    const meanwhile = (tape: Tape): void => {
      use(tape, 1, 401, { response: null });
      tape.resource();
    };
    const more = (tape: Tape): number => tape.resource();
    expect(judge(check, course({ meanwhile, more }))).toMatchObject({ verdict: 'fail', evidence: [10, 9] });
  });

  test('a request without a token is no repetition of one', () => {
    const bare = (tape: Tape): void => {
      const end = tape.action('call');
      tape.resource({}, { response: { status: 401 } });
      refresh(tape, token(1), giving(2));
      tape.resource({}, { response: { status: 401 } });
      end({ result: 'failed' });
    };
    expect(judge(check, bare)).toBeUndefined();
  });

  test.each<[string, (tape: Tape) => void]>([
    [
      'before',
      (tape) => {
        use(tape, 1, 401);
        refresh(tape, token(1), giving(2));
        calling((during) => use(during, 1, 401), 'failed')(tape);
      },
    ],
    [
      'after',
      (tape) => {
        calling((during) => use(during, 1, 401), 'failed')(tape);
        refresh(tape, token(1), giving(2));
        use(tape, 1, 401);
      },
    ],
  ])('a refresh %s the call makes it an old token, no repetition', (_, write) => {
    const finding = judge(check, write);
    expect(finding?.verdict).toBe('fail');
    expect(finding).not.toHaveProperty('diagnosis');
  });

  test('says nothing of a call that is never answered, nor of requests before or after the call', () => {
    const open = (tape: Tape): void => {
      tape.action('call');
      use(tape, 1, 401);
      refresh(tape, token(1), giving(2));
      use(tape, 1, 401);
    };
    expect(judge(check, open)).toBeUndefined();
    const earlier = (tape: Tape): void => {
      use(tape, 1, 401);
      tape.action('call')({ result: 'failed' });
      tape.wait(-10);
      refresh(tape, token(1), giving(2));
    };
    expect(judge(check, earlier)).toBeUndefined();
  });
});
