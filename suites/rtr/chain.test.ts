import { describe, expect, test } from 'vitest';
import type { ExchangeParts, Tape } from '../../test-kit/tape.ts';
import type { SentRefreshToken } from '../../src/history/facts.ts';
import chain from './chain.check.ts';
import captured from './new-token-captured.check.ts';
import { giving, judge, old, refresh, refused, token, use } from './rotation.test-support.ts';

const refreshes = (tape: Tape, count: number, parts?: ExchangeParts): void => {
  for (let n = 1; n <= count; n += 1) refresh(tape, token(n), parts);
};

describe('RTR-03', () => {
  test('ten refreshes in a row pass, and what follows a restart is RTR-04’s', () => {
    const whole = (tape: Tape): void => {
      refreshes(tape, 10);
      tape.phase('restart');
      refresh(tape, old(1));
    };
    expect(judge(chain, whole)).toMatchObject({ verdict: 'pass', evidence: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20] });
  });

  test.each([
    ['an old token', old(2)],
    ['no token', null],
  ])('one refresh with %s among them fails', (_, sent) => {
    const broken = (tape: Tape): void => {
      refreshes(tape, 10);
      refresh(tape, sent);
    };
    expect(judge(chain, broken)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('Refresh 11') as string,
      evidence: [22],
    });
  });

  test('a used token after tokens that were kept is a write that failed: the message names the token, the remedy the check of writes', () => {
    const lost = (tape: Tape): void => {
      for (let n = 1; n <= 3; n += 1) refresh(tape, token(n), giving(n + 1));
      refresh(tape, old(3));
    };
    const finding = judge(chain, lost);
    expect(finding?.diagnosis).toBe('Refresh 3 returned RT#4, which was not stored, although earlier tokens were.');
    expect(finding?.remedy).toContain('result of every write');
    const never = (tape: Tape): void => {
      refresh(tape, token(1), giving(2));
      refresh(tape, null);
    };
    expect(judge(chain, never)?.remedy).toBeUndefined();
  });

  test('a client that stops, and whose calls fail, fails; one whose calls go on was not exercised long enough', () => {
    const stopping = (result: 'ok' | 'failed') => (tape: Tape) => {
      refreshes(tape, 9);
      refresh(tape, token(10), refused);
      tape.action('status')({ result: 'failed' });
      tape.action('call')();
      tape.action('call')({ result });
      tape.action('call');
    };
    expect(judge(chain, stopping('failed'))).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('After 9 rotations') as string,
      evidence: [27],
    });
    expect(judge(chain, stopping('ok'))).toMatchObject({
      verdict: 'inconclusive',
      evidence: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20],
    });
  });

  test('a client that refreshes once, and then meets expired sessions with the answer that it has, fails', () => {
    const once = (tape: Tape): void => {
      refresh(tape, token(1), giving(2));
      for (let n = 0; n < 2; n += 1) {
        const end = tape.action('call');
        use(tape, 2, 401);
        end({ result: 'failed' });
      }
    };
    expect(judge(chain, once)).toMatchObject({
      verdict: 'fail',
      message: 'After 1 rotation the client stopped refreshing: 2 calls failed.',
      diagnosis: expect.stringContaining('never cleared') as string,
      evidence: [7, 11],
    });
    const silent = (tape: Tape): void => {
      refresh(tape, token(1), giving(2));
      tape.action('call')({ result: 'failed' });
    };
    expect(judge(chain, silent)).toBeUndefined();
  });

  test.each([
    [1, 'After 1 rotation the client crashed.'],
    [3, 'After 3 rotations the client crashed.'],
  ])('a client that dies after %i refreshes fails', (count, message) => {
    const dying = (tape: Tape): void => {
      refreshes(tape, count);
      tape.action('call')();
      tape.action('call')({ result: 'died' });
    };
    expect(judge(chain, dying)).toMatchObject({ verdict: 'fail', message });
  });

  test('one refresh is no chain, two are the beginning of one', () => {
    expect(judge(chain, (tape) => refreshes(tape, 1))).toBeUndefined();
    expect(judge(chain, (tape) => refreshes(tape, 2))?.verdict).toBe('inconclusive');
  });
});

describe('RTR-02', () => {
  const again = (sent: SentRefreshToken | null) => (tape: Tape) => {
    refresh(tape, token(1));
    refresh(tape, sent);
  };

  test('the new token passes', () => {
    expect(judge(captured, again(token(2)))).toMatchObject({ verdict: 'pass', evidence: [4, 3] });
  });

  test('the token of the first refresh fails, and the diagnosis says why; another one, or none, fails without a diagnosis', () => {
    expect(judge(captured, again(old(1)))).toMatchObject({
      verdict: 'fail',
      diagnosis: expect.stringContaining('the token that the first refresh sent') as string,
      evidence: [4, 3],
    });
    for (const sent of [token(9, { family: null, head: false }), null]) {
      const finding = judge(captured, again(sent));
      expect(finding?.verdict).toBe('fail');
      expect(finding).not.toHaveProperty('diagnosis');
    }
  });

  test.each<[string, ExchangeParts]>([
    ['was refused', refused],
    ['was cut off', { response: { delivered: 'cut' } }],
    ['never came', { response: null }],
  ])('an answer that %s gave no token', (_, answer) => {
    expect(judge(captured, (tape) => [refresh(tape, token(1), answer), refresh(tape, token(1))])).toBeUndefined();
    expect(judge(captured, (tape) => refresh(tape, token(1), answer))).toBeUndefined();
  });

  test('only a refresh that succeeded counts as the first, and only one that began after its answer as the second', () => {
    const course = (tape: Tape): void => {
      refresh(tape, old(1), refused);
      refresh(tape, token(1));
      refresh(tape, old(1), { request: { begunAt: 45 } });
      refresh(tape, token(2), { request: { begunAt: 50 } });
    };
    expect(judge(captured, course)).toMatchObject({ verdict: 'pass', evidence: [8, 5] });
    expect(judge(captured, (tape) => [refresh(tape, token(1), refused), refresh(tape, token(1))])).toBeUndefined();
  });

  test('a refresh that was answered within the millisecond is no second one to itself', () => {
    expect(judge(captured, (tape) => refresh(tape, old(1), { request: { begunAt: 30 } }))).toBeUndefined();
  });

  test('nothing after a restart, and nothing without a refresh, is its matter', () => {
    expect(judge(captured, () => undefined)).toBeUndefined();
    const restarted = (tape: Tape): void => {
      refresh(tape, token(1));
      tape.phase('restart');
      refresh(tape, old(1));
    };
    expect(judge(captured, restarted)).toBeUndefined();
  });
});
