import { expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import check from './failure-not-cached.check.ts';
import { calls, presents, refreshes, actionOf } from './herd.test-support.ts';

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
    presents(tape, 0);
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

test('RACE-15 fails when the next call is given the failure of the first', () => {
  const { finding, ended, failed } = judged({});
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [ended, failed] });
});

test('RACE-15 leaves to ERR-05 who has asked for a login, before or in the next call', () => {
  const before = judged({ first: { reauthorize: true } });
  expect(before.finding).toMatchObject({
    verdict: 'inconclusive',
    blockedBy: 'ERR-05',
    evidence: [before.reported, before.failed],
  });
  expect(judged({ next: { result: 'failed', connected: false } }).finding?.blockedBy).toBe('ERR-05');
});

test('RACE-15 says nothing without a refresh that failed, without a further call, or when that succeeded without one', () => {
  expect(judged({ meets: false }).finding).toBeUndefined();
  expect(judged({ next: null }).finding).toBeUndefined();
  expect(judged({ next: { result: 'ok' } }).finding).toBeUndefined();
});
