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

const judged = (write: (tape: Tape) => void): string | undefined => found(write)?.verdict;

function found(write: (tape: Tape) => void) {
  const tape = createTape('resource-errors');
  tape.login();
  tape.phase('unauthorized');
  write(tape);
  return check.judge(tape.history(), runFacts());
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

  it('tells a loop as a loop when the call is never answered', () => {
    let first = 0;
    let last = 0;
    const endless = (tape: Tape): void => {
      const end = tape.verb('call');
      for (let n = 0; n < 60; n += 1) {
        refused(tape, n);
        last = refresh(tape, n);
        if (n === 0) first = last;
      }
      end({ result: 'timed-out' });
    };
    const finding = found(endless);
    expect(finding?.verdict).toBe('fail');
    expect(finding?.message).toContain('one call led to 60 refreshes within 2 s and was never answered');
    expect(finding?.evidence.slice(0, 2)).toEqual([first, last]);
  });

  it('says that a call was never answered when no loop was behind it', () => {
    const silent = (tape: Tape): void => {
      const end = tape.verb('call');
      refused(tape, 0);
      end({ result: 'timed-out' });
    };
    expect(found(silent)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('never answered') as string,
    });
  });

  it('says nothing against a timer that refreshes whatever the API says', () => {
    const timer = (tape: Tape): void => {
      const end = tape.verb('call');
      refused(tape, 0);
      end({ result: 'failed' });
      for (let n = 0; n < 6; n += 1) refresh(tape, n);
    };
    expect(judged(timer)).toBe('pass');
  });
});
