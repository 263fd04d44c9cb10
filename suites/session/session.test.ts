import { expect, test } from 'vitest';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import approvalLimit from './approval-limit.check.ts';
import grantRevoked from './grant-revoked.check.ts';
import logoutRevokes from './logout-revokes.check.ts';
import nothingAfter from './nothing-after-logout.check.ts';
import refused from './revocation-refused.check.ts';
import { loggedOut, revoke, token, use } from './tokens.test-support.ts';

test.each<[string, (tape: Tape) => void, string]>([
  ['the newest token', (tape) => revoke(tape, { refreshToken: token('RT#2', 1, true) }), 'pass'],
  ['an older token', (tape) => revoke(tape, { refreshToken: token('RT#1', 0, false) }), 'fail'],
  ['a token that was never issued', (tape) => revoke(tape, { refreshToken: token('RT#9', -1, false, null) }), 'fail'],
  ['nothing', () => undefined, 'fail'],
])('SES-01: a logout that revokes %s', (_, write, verdict) => {
  expect(logoutRevokes.judge(loggedOut(write), runFacts())?.verdict).toBe(verdict);
});

test('SES-03: a use after the logout fails, a call that is refused by the client passes', () => {
  const revoked = (tape: Tape) => revoke(tape, { refreshToken: token('RT#2', 1, true) });
  expect(nothingAfter.judge(loggedOut(revoked), runFacts())?.verdict).toBe('pass');
  expect(
    nothingAfter.judge(
      loggedOut(revoked, (tape) => use(tape, 'F#1')),
      runFacts(),
    )?.verdict,
  ).toBe('fail');
});

test.each([
  [false, false, 'pass'],
  [false, true, 'fail'],
  [true, true, 'inconclusive'],
])('SES-02: tokens used after an honest logout %s, after a refused one %s: %s', (honest, refusedUse, verdict) => {
  const tape = createTape('logout');
  tape.phase('logged-out');
  if (honest) use(tape, 'F#1');
  tape.phase('refused-logout');
  revoke(tape, { refreshToken: token('RT#2', 1, true) }, 'invalid-token');
  tape.phase('refused-logged-out');
  if (refusedUse) use(tape, 'F#2');
  const finding = refused.judge(tape.history(), runFacts());
  expect(finding?.verdict).toBe(verdict);
});

test.each([
  [0, true, 'pass'],
  [1, true, 'pass'],
  [2, true, 'fail'],
  [0, false, 'fail'],
])('SES-04: the revoked token %i more times, reported to the user %s: %s', (more, reported, verdict) => {
  const tape = createTape('grant-revoked');
  tape.phase('admin');
  const end = tape.action('call');
  for (let n = 0; n <= more; n += 1) {
    tape.token(
      { grantType: 'refresh_token', code: null, verifier: null, refreshToken: token('RT#1', 0, true) },
      { response: { status: 400, error: 'invalid_grant' } },
    );
  }
  end(reported ? { result: 'failed', reauthorize: true } : {});
  tape.phase('reconnect');
  expect(grantRevoked.judge(tape.history(), runFacts())?.verdict).toBe(verdict);
});

test.each([
  ['F#6', 'pass'],
  ['F#1', 'fail'],
])('SES-06: after the end of F#1 a token of %s is used: %s', (family, verdict) => {
  const tape = createTape('approvals');
  tape.add({ kind: 'phase', phase: 'limit', detail: 'F#1' });
  const end = tape.action('call');
  use(tape, family);
  end();
  expect(approvalLimit.judge(tape.history(), runFacts())?.verdict).toBe(verdict);
});
