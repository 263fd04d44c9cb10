import { describe, expect, it } from 'vitest';
import { createTape, secret, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import check from './no-refresh-loop.check.ts';

/** The API answers 401 to the access token of a generation. */
const refused = (tape: Tape, generation: number): number =>
  tape.resource(
    { accessToken: { ...secret(`AT#${String(generation)}`), family: 'F#1', generation, newest: true, alive: true } },
    { response: { status: 401, fault: 'unauthorized' } },
  );

const refresh = (tape: Tape, generation: number): number =>
  tape.token(
    {
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: { ...secret(`RT#${String(generation)}`), family: 'F#1', generation, head: true },
    },
    {
      response: {
        issued: { accessToken: secret(`AT#${String(generation + 1)}`), family: 'F#1', generation: generation + 1 },
      },
    },
  );

function judged(write: (tape: Tape) => void): string | undefined {
  const tape = createTape('resource-errors');
  tape.login();
  tape.phase('unauthorized');
  write(tape);
  return check.judge(tape.history(), runFacts())?.verdict;
}

describe('ERR-09', () => {
  it('passes one refresh and a report', () => {
    const honest = (tape: Tape): void => {
      const end = tape.verb('call');
      refused(tape, 0);
      refresh(tape, 0);
      refused(tape, 1);
      end({ result: 'failed' });
    };
    expect(judged(honest)).toBe('pass');
  });

  it('fails a second refresh for the same call', () => {
    const again = (tape: Tape): void => {
      const end = tape.verb('call');
      for (let n = 0; n < 2; n += 1) {
        refused(tape, n);
        refresh(tape, n);
      }
      refused(tape, 2);
      end({ result: 'failed' });
    };
    expect(judged(again)).toBe('fail');
  });

  it('says nothing against a poll that refreshes for itself, during the call or after it', () => {
    const polling = (during: boolean) => (tape: Tape) => {
      const end = tape.verb('call');
      refused(tape, 0);
      refresh(tape, 0);
      refused(tape, 1);
      if (!during) end({ result: 'failed' });
      refused(tape, 1);
      refresh(tape, 1);
      refused(tape, 2);
      if (during) end({ result: 'failed' });
    };
    expect([judged(polling(true)), judged(polling(false))]).toEqual(['pass', 'pass']);
  });

  it('fails a loop that goes on behind the back of the call', () => {
    const loop = (tape: Tape): void => {
      const end = tape.verb('call');
      refused(tape, 0);
      end({ result: 'failed' });
      for (let n = 0; n < 4; n += 1) {
        refresh(tape, n);
        refused(tape, n + 1);
      }
    };
    expect(judged(loop)).toBe('fail');
  });
});
