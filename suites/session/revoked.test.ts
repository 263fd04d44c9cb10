import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import allRevoked from './all-revoked.check.ts';
import approvalLimit from './approval-limit.check.ts';
import grantRevoked from './grant-revoked.check.ts';
import { token, use } from './tokens.test-support.ts';

/** A call whose refresh is refused. */
function refusedCall(tape: Tape, end: Partial<ActionEnd>): void {
  const over = tape.action('call');
  tape.token(
    { grantType: 'refresh_token', code: null, verifier: null, refreshToken: token('RT#1', 0, true) },
    { response: { status: 400, error: 'invalid_grant' } },
  );
  over(end);
}

const reported = { result: 'failed', reauthorize: true } as const;

describe('SES-05', () => {
  /** All tokens end; the client says so, or not; then what it does is written. */
  const judge = (write: (tape: Tape) => void, end: Partial<ActionEnd> = reported) => {
    const tape = createTape('grant-revoked');
    tape.phase('key-rotation');
    refusedCall(tape, end);
    tape.phase('reconnect-after-keys');
    write(tape);
    return allRevoked.judge(tape.history(), runFacts());
  };
  const call = (tape: Tape, end: Partial<ActionEnd> = {}): number => tape.action('call')(end);

  test('one new login and calls that work pass, whatever else is asked and however it answers', () => {
    const fixed = (tape: Tape): void => {
      tape.action('status')({ result: 'unsupported' });
      tape.login();
      call(tape);
      tape.action('status')({ result: 'unsupported' });
      tape.action('call');
    };
    expect(judge(fixed)).toMatchObject({ verdict: 'pass', evidence: [16, 4, 6] });
  });

  test('a login that fails, or a call after it, fails; the first that did decides', () => {
    expect(judge((tape) => tape.login({ end: { result: 'failed' } }))).toMatchObject({
      verdict: 'fail',
      evidence: [14],
    });
    const broken = (tape: Tape): void => {
      tape.login();
      call(tape);
      call(tape, { result: 'failed' });
      call(tape, { result: 'died' });
    };
    expect(judge(broken)).toMatchObject({ verdict: 'fail', evidence: [18, 20, 14] });
  });

  test('a client that was silent before it fails already, and the message says when', () => {
    expect(judge((tape) => tape.login(), {})).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('all its tokens were revoked') as string,
    });
  });

  test('without a refusal, or a login that was answered, it is not exercised', () => {
    expect(judge(() => undefined)).toBeUndefined();
    expect(judge((tape) => call(tape))).toBeUndefined();
    expect(judge((tape) => [tape.action('authorize'), call(tape)])).toBeUndefined();
    const tape = createTape('grant-revoked');
    tape.phase('admin');
    refusedCall(tape, reported);
    tape.phase('reconnect');
    tape.login();
    expect(allRevoked.judge(tape.history(), runFacts())).toBeUndefined();
  });
});

test('SES-04: what is refused before an administrator revokes the grant, or after a new login, is not its matter', () => {
  const tape = createTape('grant-revoked');
  refusedCall(tape, {});
  expect(grantRevoked.judge(tape.history(), runFacts())).toBeUndefined();
  tape.phase('admin');
  refusedCall(tape, reported);
  tape.phase('reconnect');
  refusedCall(tape, {});
  expect(grantRevoked.judge(tape.history(), runFacts())?.verdict).toBe('pass');
});

test('SES-04: for a silent client the message says when', () => {
  const tape = createTape('grant-revoked');
  tape.phase('admin');
  refusedCall(tape, {});
  expect(grantRevoked.judge(tape.history(), runFacts())?.message).toContain('revoked by an administrator');
});

describe('SES-06', () => {
  const judge = (write: (tape: Tape) => void, phase = 'limit') => {
    const tape = createTape('approvals');
    tape.phase('logins');
    tape.add({ kind: 'phase', phase, detail: 'F#1' });
    write(tape);
    return approvalLimit.judge(tape.history(), runFacts());
  };
  const refresh = (tape: Tape, family: string): number =>
    tape.token({
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: token('RT#1', 0, true, family),
    });

  test('a refresh with a token of the first login fails, one with the newest does not', () => {
    const refreshing = (family: string) => (tape: Tape) => {
      const end = tape.action('call');
      refresh(tape, family);
      end();
    };
    expect(judge(refreshing('F#1'))).toMatchObject({ verdict: 'fail', evidence: [5, 3] });
    expect(judge(refreshing('F#6'))).toMatchObject({ verdict: 'pass', evidence: [7] });
  });

  test('a call that fails, fails it; a request without a token, and another action, does not', () => {
    const course = (result: 'ok' | 'failed') => (tape: Tape) => {
      tape.action('status')({ result: 'unsupported' });
      const end = tape.action('call');
      tape.resource();
      use(tape, 'F#6');
      end({ result });
      tape.action('call');
    };
    expect(judge(course('ok'))).toMatchObject({ verdict: 'pass', evidence: [11] });
    expect(judge(course('failed'))).toMatchObject({ verdict: 'fail', evidence: [11] });
  });

  test('without the limit, or a call that was answered, it is not exercised', () => {
    expect(judge((tape) => tape.action('call')(), 'sixth')).toBeUndefined();
    expect(judge((tape) => tape.action('call'))).toBeUndefined();
    expect(judge((tape) => tape.action('status')())).toBeUndefined();
  });
});
