import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import type { SentRefreshToken } from '../../src/history/facts.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import late from './late-answer.check.ts';
import oneAtATime from './one-at-a-time.check.ts';

const token = (label: string): SentRefreshToken => ({ ...secret(label), family: 'F#1', generation: 0, head: true });

/** A refresh that is not answered for now. */
const refresh = (tape: Tape, sent: SentRefreshToken | null = token('RT#1'), begunAt?: number): number =>
  tape.token(
    { grantType: 'refresh_token', code: null, verifier: null, refreshToken: sent },
    { response: null, ...(begunAt === undefined ? {} : { request: { begunAt } }) },
  );

/** The answer to the first refresh. */
const answer = (tape: Tape, delivered: 'complete' | 'aborted' = 'complete'): number =>
  tape.add({ kind: 'response', exchange: 1, endpoint: 'token', status: 200, delivered });

function judged(check: typeof late, write: (tape: Tape) => void): Finding | undefined {
  const tape = createTape('held-refresh');
  tape.phase('held');
  write(tape);
  return check.judge(tape.history(), runFacts());
}

describe.each([oneAtATime, late])('$id', (check) => {
  test('says nothing of a client that did not refresh, and of an answer that was never released', () => {
    expect(judged(check, (tape) => tape.phase('released'))).toBeUndefined();
    const unreleased = judged(check, (tape) => {
      refresh(tape);
      refresh(tape);
    });
    expect(unreleased).toBeUndefined();
  });

  test('can describe a client that refreshes with nothing in its hands', () => {
    const finding = judged(check, (tape) => {
      refresh(tape, null);
      tape.phase('released');
      answer(tape, 'aborted');
      refresh(tape);
    });
    expect(finding?.verdict).toBe('pass');
    const again = judged(check, (tape) => {
      refresh(tape);
      tape.wait(100);
      refresh(tape, null);
      tape.phase('released');
      answer(tape, 'aborted');
    });
    expect(again?.verdict).toBe('pass');
  });
});

describe('RES-03', () => {
  test('another token may be refreshed meanwhile', () => {
    const finding = judged(oneAtATime, (tape) => {
      refresh(tape);
      refresh(tape, token('RT#7'));
      tape.phase('released');
      answer(tape);
    });
    expect(finding?.verdict).toBe('pass');
  });

  test('a request that overtakes the released answer was sent while the first was under way; one after it was not', () => {
    const finding = (begunAt?: number): Finding | undefined =>
      judged(oneAtATime, (tape) => {
        refresh(tape);
        const released = tape.phase('released');
        if (begunAt === undefined) refresh(tape);
        answer(tape);
        if (begunAt !== undefined) refresh(tape, token('RT#1'), begunAt);
        expect(released).toBe(4);
      });
    expect(finding()).toMatchObject({ verdict: 'fail', evidence: [5, 3] });
    // The answer had ended 50 ms after the beginning.
    expect(finding(49)?.verdict).toBe('fail');
    expect(finding(50)?.verdict).toBe('pass');
  });

  test('what was under way when it was sent again explains why', () => {
    const why = (write: (tape: Tape, send: () => void) => void): string => {
      const finding = judged(oneAtATime, (tape) => {
        write(tape, () => {
          refresh(tape);
        });
        tape.phase('released');
        if (!tape.history().of('response').length) answer(tape);
      });
      expect(finding?.verdict).toBe('fail');
      return finding?.diagnosis ?? '';
    };
    const [gaveUp, waiting, itself] = ['abandoned the first request', 'Another call was waiting', 'The request itself'];
    const course = (write: (tape: Tape, send: () => void) => void): string | undefined => {
      const message = why(write);
      return [gaveUp, waiting, itself].find((one) => message.startsWith(one) || message.includes(`had ${one}`));
    };
    expect(
      course((tape, send) => {
        send();
        answer(tape, 'aborted');
        send();
      }),
    ).toBe(gaveUp);
    expect(
      course((tape, send) => {
        send();
        send();
        answer(tape, 'aborted');
      }),
    ).toBe(itself);
    // Broken off by another program on the way.
    expect(
      course((tape, send) => {
        send();
        tape.add({ kind: 'response', exchange: 1, endpoint: 'token', status: 0, delivered: 'none' });
        send();
      }),
    ).toBe(itself);
    expect(
      course((tape, send) => {
        const first = tape.action('call');
        const second = tape.action('call');
        send();
        send();
        first();
        second();
      }),
    ).toBe(waiting);
    expect(
      course((tape, send) => {
        tape.action('call');
        tape.action('call');
        send();
        send();
      }),
    ).toBe(waiting);
    expect(
      course((tape, send) => {
        tape.action('call');
        send();
        tape.action('call')({ result: 'failed' });
        send();
      }),
    ).toBe(itself);
    expect(
      course((tape, send) => {
        tape.action('call');
        send();
        send();
        tape.action('call');
      }),
    ).toBe(itself);
  });

  test('a first request that is never answered is under way to the end', () => {
    const finding = judged(oneAtATime, (tape) => {
      refresh(tape);
      refresh(tape);
      tape.phase('released');
    });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [4, 3] });
    expect(finding?.diagnosis).toContain('The request itself');
  });
});

describe('RES-08', () => {
  /** A client that gave its call up, and what it does once the answer has come. */
  const gaveUp = (then: (tape: Tape) => void): Finding | undefined =>
    judged(late, (tape) => {
      const call = tape.action('call');
      refresh(tape);
      call({ result: 'failed' });
      tape.phase('released');
      then(tape);
    });

  test('a client that stores the response however late it arrives, and sends the new token, passes', () => {
    const finding = gaveUp((tape) => {
      answer(tape);
      refresh(tape, token('RT#2'));
    });
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [4] });
  });

  test('so does who asks for a login while the answer never comes', () => {
    expect(gaveUp((tape) => tape.phase('after'))?.verdict).toBe('pass');
  });

  test('a client that refreshes by itself has given nothing up, nor has one whose call goes on and on', () => {
    const finding = (call: boolean): Finding | undefined =>
      judged(late, (tape) => {
        if (call) tape.action('call');
        refresh(tape);
        tape.phase('released');
        answer(tape);
        refresh(tape);
      });
    expect(finding(false)?.verdict).toBe('skip');
    expect(finding(true)?.verdict).toBe('skip');
  });

  test('an answer to something else than the call gives nothing up', () => {
    const finding = judged(late, (tape) => {
      tape.action('status')({ connected: true });
      const call = tape.action('call');
      refresh(tape);
      tape.phase('released');
      answer(tape);
      call();
    });
    expect(finding?.verdict).toBe('skip');
  });
});
