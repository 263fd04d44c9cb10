import { describe, expect, it } from 'vitest';
import type { Check, Finding } from '../../src/grade/check.ts';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import falseSuccess from './false-success.check.ts';
import otherErrors from './other-errors.check.ts';

const refresh = (tape: Tape, label: string, fault?: string): number =>
  tape.token(
    {
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: { ...secret(label), family: 'F#1', generation: 0, head: true },
    },
    { response: fault === undefined ? { status: 200 } : { status: fault === 'rate-limited' ? 400 : 200, fault } },
  );

interface Course {
  /** How the call that met the refusal ended. */
  readonly end?: Partial<ActionEnd>;
  /** The token that the next call sends. */
  readonly then?: string;
  /** How the next call ended. */
  readonly last?: Partial<ActionEnd>;
}

/** One call is refused with `phase`; then one more call. */
function judged(check: Check, phase: string, { end = { result: 'failed' }, then, last = {} }: Course) {
  const tape = createTape('error-answers');
  tape.login();
  tape.phase(phase);
  const call = tape.action('call');
  refresh(tape, 'RT#1', phase);
  call(end);
  tape.phase(`${phase}-over`);
  const next = tape.action('call');
  if (then !== undefined) refresh(tape, then);
  next(last);
  return check.judge(tape.history(), runFacts());
}

const verdicts = (course: Course): readonly (Finding['verdict'] | undefined)[] => [
  judged(falseSuccess, 'error-with-200', course)?.verdict,
  judged(falseSuccess, 'success-without-token', course)?.verdict,
  judged(otherErrors, 'rate-limited', course)?.verdict,
];

describe('ERR-06 and ERR-08', () => {
  it('pass who reports the refusal and sends the same token again', () => {
    expect(verdicts({ then: 'RT#1' })).toEqual(['pass', 'pass', 'pass']);
  });

  it('fail who refreshes no more', () => {
    expect(verdicts({ last: { result: 'failed' } })).toEqual(['fail', 'fail', 'fail']);
    expect(verdicts({ last: { result: 'timed-out' } })).toEqual(['fail', 'fail', 'fail']);
  });

  it('fail a client that sends another token', () => {
    expect(verdicts({ then: 'RT#9', last: { result: 'failed' } })).toEqual(['fail', 'fail', 'fail']);
  });

  it('fail who asks for a login, though the token is kept', () => {
    expect(verdicts({ end: { result: 'failed', reauthorize: true }, then: 'RT#1' })).toEqual(['fail', 'fail', 'fail']);
  });

  it('fail who claims success', () => {
    expect(verdicts({ end: { result: 'ok' }, then: 'RT#1' })).toEqual(['fail', 'fail', 'fail']);
  });

  it('ERR-08 fails who calls the API with what the answer did not hold, and no client whose strange token is older', () => {
    const strange = (tape: Tape): number =>
      tape.resource(
        {
          accessToken: { ...secret('AT#9', 9), family: null, generation: -1, newest: false, alive: false },
        },
        { response: { status: 401 } },
      );
    const trusting = (before: boolean) => {
      const tape = createTape('error-answers');
      tape.login();
      if (before) strange(tape);
      tape.phase('success-without-token');
      const call = tape.action('call');
      refresh(tape, 'RT#1', 'success-without-token');
      const used = strange(tape);
      call({ result: 'failed' });
      tape.phase('success-without-token-over');
      const next = tape.action('call');
      refresh(tape, 'RT#1');
      next();
      return { used, finding: falseSuccess.judge(tape.history(), runFacts()) };
    };
    const { used, finding } = trusting(false);
    expect(finding).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('an access token of 9 characters that was never issued') as string,
    });
    expect(finding?.evidence).toContain(used);
    expect(trusting(true).finding).toMatchObject({ verdict: 'pass' });
  });

  it('say nothing of a token that was not asked for again', () => {
    expect(verdicts({})).toEqual([undefined, undefined, 'pass']);
    expect(judged(otherErrors, 'rate-limited', {})?.message).toBe('The error was reported.');
  });
});
