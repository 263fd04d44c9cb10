import { expect, test } from 'vitest';
import { createTape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './expired-token.check.ts';

/** A refresh that is refused because the token has expired; then the action ends as given. */
function judge(result: 'ok' | 'failed') {
  const tape = createTape('rejected');
  tape.login();
  tape.phase('rejected');
  const end = tape.action('call');
  tape.token(
    { grantType: 'refresh_token', code: null, verifier: null },
    { response: { status: 400, error: 'invalid_grant', errorDescription: 'expired access/refresh token' } },
  );
  end({ result });
  tape.phase('recovery');
  tape.login({ end: { result: 'failed' } });
  return check.judge(tape.history(), runFacts());
}

test('a client that says so passes', () => {
  expect(judge('failed')).toMatchObject({ verdict: 'pass', evidence: [11, 13] });
});

test('a client that keeps it to itself fails', () => {
  expect(judge('ok')).toMatchObject({ verdict: 'fail', evidence: [11] });
});

test('without a refusal nothing is said', () => {
  const tape = createTape('rejected');
  tape.login();
  tape.phase('rejected');
  expect(check.judge(tape.history(), runFacts())).toBeUndefined();
});
