import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import type { Response } from '../../src/history/event.ts';
import type { SentAccessToken, SentRefreshToken } from '../../src/history/facts.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import cutOff from './cut-off-answer.check.ts';
import lostConnection from './lost-connection.check.ts';
import serverError from './server-error.check.ts';

const token = (label: string, more: Partial<SentRefreshToken> = {}): SentRefreshToken => ({
  ...secret(label),
  family: 'F#1',
  generation: 0,
  head: true,
  ...more,
});

const refresh = (tape: Tape, sent: SentRefreshToken | null, response: Partial<Response> | null): number =>
  tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken: sent }, { response });

const use = (tape: Tape, label: string, more: Partial<SentAccessToken> = {}, status = 401): number =>
  tape.resource(
    {
      accessToken: { ...secret(label), family: 'F#1', generation: 0, newest: false, alive: status === 200, ...more },
    },
    { response: { status } },
  );

const issued = { family: 'F#1', generation: 1 };
const CASES = [
  { check: lostConnection, fault: 'reset-after-commit', delivered: 'none' },
  { check: cutOff, fault: 'truncated-body', delivered: 'cut' },
  { check: serverError, fault: 'server-error-after-commit', delivered: 'complete' },
] as const;

/** The client's first refresh is carried out and its answer lost; `write` adds the rest, `end` answers the call. */
function judged(
  { check, fault, delivered }: (typeof CASES)[number],
  write: (tape: Tape, end: ReturnType<Tape['action']>) => void,
  sent: SentRefreshToken | null = token('RT#1'),
): Finding | undefined {
  const tape = createTape('lost-answers');
  tape.phase(fault);
  const end = tape.action('call');
  refresh(tape, sent, { status: 200, delivered, fault, issued });
  write(tape, end);
  return check.judge(tape.history(), runFacts());
}

const refused = { status: 400, error: 'invalid_grant' };

describe.each(CASES)('$check.id', (one) => {
  test('a death fails, whatever else is seen', () => {
    const finding = judged(one, (tape, end) => {
      end({ result: 'died' });
      tape.authorize();
    });
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [6, 4] });
  });

  test('silence fails, with advice of its own', () => {
    const finding = judged(one, (_, end) => end({ result: 'timed-out' }));
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [6, 4] });
    expect(finding?.remedy).toContain('timeout');
  });

  test('a new login, and refreshes of its own tokens, pass', () => {
    const finding = judged(one, (tape, end) => {
      tape.login();
      refresh(tape, token('RT#2', { family: 'F#2' }), {});
      refresh(tape, token('RT#3', { family: 'F#2' }), {});
      end();
    });
    // The authorization request shows that the client began anew; the call itself went well.
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [4, 7] });
  });

  test('a truncated token fails, also where there is none at all', () => {
    for (const half of [token('RT#9', { family: null }), null]) {
      const finding = judged(one, (tape, end) => {
        refresh(tape, half, refused);
        end({ result: 'failed' });
      });
      expect(finding).toMatchObject({ verdict: 'fail', evidence: [6, 4] });
      expect(finding?.message).toContain('truncated');
    }
  });

  test('a client that has no refresh token to begin with can be reported', () => {
    expect(judged(one, (_, end) => end({ result: 'failed' }), null)?.verdict).toBe('pass');
  });

  test('success that nothing can have brought fails', () => {
    expect(judged(one, (_, end) => end())).toMatchObject({ verdict: 'fail', evidence: [4] });
    const refusedCall = judged(one, (tape, end) => {
      use(tape, 'AT#1');
      end();
    });
    expect(refusedCall?.verdict).toBe('fail');
  });

  test('success with an old access token that is still good says nothing of refreshes', () => {
    const finding = judged(one, (tape, end) => {
      use(tape, 'AT#1');
      use(tape, 'AT#1', {}, 200);
      end();
    });
    expect(finding).toBeUndefined();
  });

  test('success before the answer was lost is none after it', () => {
    const tape = createTape('lost-answers');
    tape.phase(one.fault);
    const end = tape.action('call');
    use(tape, 'AT#1', {}, 200);
    refresh(tape, token('RT#1'), { delivered: one.delivered, fault: one.fault, issued });
    tape.resource({}, { response: null });
    end();
    expect(one.check.judge(tape.history(), runFacts())?.verdict).toBe('fail');
  });

  test('a refresh that the fault never met was not exercised, nor was one that is still under way', () => {
    for (const response of [{ issued }, null]) {
      const tape = createTape('lost-answers');
      tape.phase(one.fault);
      const end = tape.action('call');
      refresh(tape, token('RT#1'), response);
      use(tape, 'AT#2', { generation: 1 }, 200);
      end({ result: 'failed' });
      expect(one.check.judge(tape.history(), runFacts())).toBeUndefined();
    }
  });

  test('once more at once is warned only when it was not asked for', () => {
    const verdict = (
      pauseMs: number,
      write: (tape: Tape, end: ReturnType<Tape['action']>, again: () => void) => void,
    ) =>
      judged(one, (tape, end) => {
        // A request and its answer have taken 20 ms.
        tape.wait(pauseMs - 20);
        write(tape, end, () => refresh(tape, token('RT#1'), refused));
      });
    const within = (pauseMs: number): Finding | undefined =>
      verdict(pauseMs, (_, end, again) => {
        again();
        end({ result: 'failed' });
      });
    expect(within(84)).toMatchObject({ verdict: 'warn', remedy: expect.stringContaining('retry: 0') as string });
    expect(within(85)?.verdict).toBe('info');
    const later = verdict(20, (tape, end, again) => {
      end({ result: 'failed' });
      tape.action('status')({ connected: true });
      again();
    });
    expect(later?.verdict).toBe('info');
  });
});

test('a repetition that the client’s own timer sends, while something else is asked, belongs to no call', () => {
  const tape = createTape('lost-answers');
  tape.phase('reset-after-commit');
  const status = tape.action('status');
  refresh(tape, token('RT#1'), { status: 0, delivered: 'none', fault: 'reset-after-commit', issued });
  refresh(tape, token('RT#1'), refused);
  status({ connected: false });
  expect(lostConnection.judge(tape.history(), runFacts())?.verdict).toBe('info');
});

describe('RES-06', () => {
  const uses = (label: string, more: Partial<SentAccessToken>): Finding | undefined =>
    judged(CASES[1], (tape, end) => {
      tape.resource({}, { response: { status: 401 } });
      use(tape, label, more);
      end({ result: 'failed' });
    });

  test.each<[string, string, Partial<SentAccessToken>]>([
    ['the access token in the half that came', 'AT#2', { generation: 1 }],
    ['half of an access token', 'AT#9', { family: null, generation: -1 }],
  ])('fails a client that uses %s', (_, label, more) => {
    expect(uses(label, more)).toMatchObject({ verdict: 'fail', evidence: [8, 4] });
  });

  test.each<[string, string, Partial<SentAccessToken>]>([
    ['the one from before', 'AT#1', {}],
    ['the one of a new login', 'AT#5', { family: 'F#2', generation: 3 }],
  ])('passes a client that uses %s', (_, label, more) => {
    expect(uses(label, more)?.verdict).toBe('pass');
  });

  test('what was sent before the answer broke off did not come out of it', () => {
    const tape = createTape('lost-answers');
    tape.phase('truncated-body');
    const end = tape.action('call');
    use(tape, 'AT#8', { family: null, generation: -1 });
    use(tape, 'AT#2', { generation: 1 });
    refresh(tape, token('RT#1'), { delivered: 'cut', fault: 'truncated-body', issued });
    end({ result: 'failed' });
    expect(cutOff.judge(tape.history(), runFacts())?.verdict).toBe('pass');
  });

  test('a call without a token uses nothing of it, whatever was issued', () => {
    const tape = createTape('lost-answers');
    tape.phase('truncated-body');
    const end = tape.action('call');
    refresh(tape, token('RT#1'), { delivered: 'cut', fault: 'truncated-body' });
    tape.resource({}, { response: { status: 401 } });
    end({ result: 'failed' });
    expect(cutOff.judge(tape.history(), runFacts())?.verdict).toBe('pass');
  });
});
