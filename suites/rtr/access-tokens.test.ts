import { describe, expect, it } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './new-access-token.check.ts';

/** A refresh that is answered with the access token of the next generation. */
function refresh(tape: Tape, generation: number): void {
  const refreshToken = { ...secret(`RT#${String(generation)}`), family: 'F#1', generation, head: true };
  const issued = { accessToken: secret(`AT#${String(generation + 1)}`), family: 'F#1', generation: generation + 1 };
  tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken }, { response: { issued } });
}

const use = (tape: Tape, generation: number, status = 200): number =>
  tape.resource(
    {
      accessToken: {
        ...secret(`AT#${String(generation)}`),
        family: 'F#1',
        generation,
        newest: false,
        alive: status === 200,
      },
    },
    { response: { status } },
  );

function judged(write: (tape: Tape) => void): string | undefined {
  const tape = createTape('refresh-chain');
  tape.login();
  write(tape);
  return check.judge(tape.history(), runFacts())?.verdict;
}

/** A call that gets a 401 (expired session) and refreshes. */
const refreshing = (tape: Tape, generation: number): void => {
  const end = tape.action('call');
  use(tape, generation, 401);
  refresh(tape, generation);
  use(tape, generation + 1);
  end();
};

describe('RTR-07', () => {
  it('passes a client that uses what it was given', () => {
    const chain = (tape: Tape): void => {
      for (let n = 0; n < 3; n += 1) refreshing(tape, n);
    };
    expect(judged(chain)).toBe('pass');
  });

  it('fails one that takes the old token for the next call', () => {
    const old = (tape: Tape): void => {
      refreshing(tape, 0);
      const end = tape.action('call');
      use(tape, 0, 401);
      end();
    };
    expect(judged(old)).toBe('fail');
  });

  it('says nothing against a second request of one call that set out before the refresh and arrives after it', () => {
    const late = (tape: Tape): void => {
      refreshing(tape, 0);
      const end = tape.action('call');
      use(tape, 1, 401);
      refresh(tape, 1);
      use(tape, 2);
      use(tape, 1, 401);
      use(tape, 2);
      end();
      refreshing(tape, 2);
    };
    expect(judged(late)).toBe('pass');
  });

  it('fails one that repeats its call with the token that was refused', () => {
    const unchanged = (tape: Tape): void => {
      for (let n = 0; n < 2; n += 1) {
        const end = tape.action('call');
        use(tape, n, 401);
        refresh(tape, n);
        use(tape, n, 401);
        end({ result: 'failed' });
      }
    };
    expect(judged(unchanged)).toBe('fail');
  });

  it('says nothing against one that leaves the retry to its caller, nor when the new token was refused as well', () => {
    const noRetry = (tape: Tape): void => {
      for (let n = 0; n < 2; n += 1) {
        const end = tape.action('call');
        use(tape, n, 401);
        refresh(tape, n);
        end({ result: 'failed' });
        const next = tape.action('call');
        use(tape, n + 1);
        next();
      }
    };
    expect(judged(noRetry)).toBe('pass');
    const refusedAgain = (tape: Tape): void => {
      const end = tape.action('call');
      use(tape, 0, 401);
      refresh(tape, 0);
      use(tape, 0, 401);
      use(tape, 1, 401);
      end({ result: 'failed' });
      refreshing(tape, 1);
    };
    expect(judged(refusedAgain)).toBe('pass');
  });

  it('is not exercised before the first refresh', () => {
    expect(judged((tape) => use(tape, 0))).toBeUndefined();
  });
});
