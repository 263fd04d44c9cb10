import { expect, test } from 'vitest';
import type { Request } from '../../src/history/event.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './no-refresh-on-403.check.ts';

const refresh = (tape: Tape, request: Partial<Request> = {}): number => {
  const refreshToken = { ...secret('RT#1'), family: 'F#1', generation: 0, head: true };
  return tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken }, { request });
};

/** A call is answered 403; the client refreshes while it lasts, in the moment of the answer, before that, or once it has failed. */
function judged(refreshes?: 'in-call' | 'by-timer' | 'at-once' | 'before') {
  const tape = createTape('resource-errors');
  let sent = 0;
  tape.login();
  tape.phase('forbidden');
  const end = tape.action('call');
  tape.resource({}, { response: null });
  tape.resource();
  if (refreshes === 'before') refresh(tape);
  const decisive = tape.resource({}, { response: { status: 403, fault: 'forbidden' } });
  if (refreshes === 'in-call') sent = refresh(tape);
  if (refreshes === 'at-once') refresh(tape, { begunAt: tape.history().events.at(-1)?.t ?? 0 });
  end({ result: 'failed' });
  tape.wait(250);
  if (refreshes === 'by-timer') refresh(tape);
  return { finding: check.judge(tape.history(), runFacts()), decisive, sent };
}

test('ERR-10 counts the refreshes of the call that was refused, not those of a timer', () => {
  const verdict = (refreshes?: Parameters<typeof judged>[0]) => judged(refreshes).finding?.verdict;
  expect([verdict(), verdict('by-timer'), verdict('before')]).toEqual(['pass', 'pass', 'pass']);
  expect([verdict('in-call'), verdict('at-once')]).toEqual(['fail', 'fail']);
  expect(judged().finding?.evidence).toEqual([judged().decisive]);
  const { finding, decisive, sent } = judged('in-call');
  expect(finding?.evidence).toEqual([sent, decisive]);
});
