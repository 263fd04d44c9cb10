import { expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import check from './no-refresh-on-403.check.ts';

const refresh = (tape: Tape): number => {
  const refreshToken = { ...secret('RT#1'), family: 'F#1', generation: 0, head: true };
  return tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken });
};

/** A call is answered 403; the client refreshes while it lasts, or once it has failed. */
function judged(refreshes?: 'in-call' | 'by-timer') {
  const tape = createTape('resource-errors');
  tape.login();
  tape.phase('forbidden');
  const end = tape.verb('call');
  tape.resource({}, { response: { status: 403, fault: 'forbidden' } });
  if (refreshes === 'in-call') refresh(tape);
  end({ result: 'failed' });
  tape.wait(250);
  if (refreshes === 'by-timer') refresh(tape);
  return check.judge(tape.history(), runFacts())?.verdict;
}

test('ERR-10 counts the refreshes of the call that was refused, not those of a timer', () => {
  expect([judged(), judged('by-timer'), judged('in-call')]).toEqual(['pass', 'pass', 'fail']);
});
