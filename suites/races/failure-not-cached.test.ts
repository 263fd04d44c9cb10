import { expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './failure-not-cached.check.ts';
import { calls, denied, sends, refreshes, actionOf } from './concurrent-calls.test-support.ts';

interface Course {
  /** Whether a refresh met the outage. */
  readonly meets?: boolean;
  /** How the call that met it ended. */
  readonly first?: Partial<ActionEnd>;
  /** How the next call ended; null: it never came. */
  readonly next?: Partial<ActionEnd> | null;
  /** Whether it refreshed. */
  readonly again?: boolean;
}

function judged({ meets = true, first = {}, next = { result: 'failed' }, again = false }: Course) {
  const tape = createTape('failed-refresh');
  tape.login();
  tape.phase('failure');
  let failed = 0;
  let sent = 0;
  const reported = calls(tape, { result: 'failed', ...first }, () => {
    sends(tape, 0);
    refreshes(tape, 0, { status: 200 });
    if (meets) failed = refreshes(tape, 0, { status: 503, fault: 'service-unavailable' });
  });
  tape.phase('next');
  actionOf(tape, 50, { name: 'status' }).end();
  const ended =
    next === null
      ? 0
      : calls(tape, next, () => {
          if (again) sent = refreshes(tape, 0);
        });
  return { finding: check.judge(tape.history(), runFacts()), failed, sent, reported, ended };
}

test('RACE-15 passes when the next call refreshes, whatever comes of it', () => {
  for (const next of ['ok', 'failed'] as const) {
    const { finding, sent, failed } = judged({ again: true, next: { result: next } });
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [sent, failed] });
  }
});

test('RACE-15 passes a call that lasts longer than the outage and refreshes again by itself', () => {
  const tape = createTape('failed-refresh');
  tape.phase('failure');
  const failed = refreshes(tape, 0, { status: 503, fault: 'service-unavailable' });
  const sent = refreshes(tape, 0, { status: 200 });
  expect(check.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'pass', evidence: [sent, failed] });
});

test('RACE-15 fails when the next call is given the failure of the first', () => {
  const { finding, ended, failed } = judged({});
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [ended, failed, expect.any(Number)] });
});

test('RACE-15 says how long after the failure the next call was asked for', () => {
  expect(judged({}).finding?.message).toMatch(/the next call, \d+ ms later, did not try/u);
});

test('RACE-15 fails a client that never answers, or reports a success that the API did not give', () => {
  const hangs = judged({ first: { result: 'timed-out' }, next: null });
  expect(hangs.finding).toMatchObject({ verdict: 'fail', evidence: [hangs.reported, hangs.failed] });
  const tape = createTape('failed-refresh');
  tape.phase('failure');
  calls(tape, { result: 'failed' }, () => refreshes(tape, 0, { status: 503, fault: 'service-unavailable' }));
  tape.phase('next');
  calls(tape, {}, () => denied(tape));
  expect(check.judge(tape.history(), runFacts())?.verdict).toBe('fail');
});

test('RACE-15 leaves to ERR-05 who has asked for a login, before or in the next call', () => {
  const before = judged({ first: { reauthorize: true } });
  expect(before.finding).toMatchObject({
    verdict: 'inconclusive',
    evidence: [before.reported, before.failed],
  });
  expect(judged({ next: { result: 'failed', connected: false } }).finding?.verdict).toBe('inconclusive');
});

test('RACE-15 says nothing without a refresh that failed, without a further call, or when that succeeded without one', () => {
  expect(judged({ meets: false }).finding).toBeUndefined();
  expect(judged({ next: null }).finding).toBeUndefined();
  expect(judged({ next: { result: 'ok' } }).finding).toBeUndefined();
});
