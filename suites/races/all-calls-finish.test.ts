import { expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './all-calls-finish.check.ts';
import { actionOf, denied, refreshes, served } from './concurrent-calls.test-support.ts';

type End = ActionEnd['result'];

interface Course {
  /** What happens while the calls are open; the sessions of all are refused, one refresh follows, and all are repeated unless said otherwise. */
  readonly within?: (tape: Tape, calls: number) => unknown;
}

const honest = (tape: Tape, calls: number): void => {
  for (let n = 0; n < calls; n += 1) denied(tape);
  refreshes(tape, 0);
  for (let n = 0; n < calls; n += 1) served(tape, 1);
};

/** Concurrent calls that end so. Evidence: the ends, in the order of the calls. */
function concurrent(ends: readonly End[], { within = honest }: Course = {}) {
  const tape = createTape('herd');
  tape.login();
  tape.phase('herd');
  const calls = ends.map((_, index) => actionOf(tape, 100 + index));
  within(tape, ends.length);
  const evidence = ends.map((result, index) => calls[index]?.end({ result }) ?? 0);
  return { finding: check.judge(tape.history(), runFacts()), evidence };
}

test('RACE-02 passes when every call succeeds', () => {
  const { finding, evidence } = concurrent(['ok', 'ok', 'ok']);
  expect(finding).toMatchObject({ verdict: 'pass', evidence });
});

test.each<[readonly End[], readonly number[], string]>([
  [['ok', 'failed'], [1], '1 of 2 calls failed'],
  [['died', 'failed'], [0, 1], '2 of 2 calls failed'],
  [['ok', 'timed-out', 'timed-out'], [1, 2], '2 of 3 calls were never answered'],
  [['timed-out', 'failed'], [0, 1], 'failed or were never answered'],
  [['failed', 'unsupported', 'interrupted'], [0], '1 of 1 call failed'],
])('RACE-02: of calls that end %j those at %j are reported', (ends, bad, how) => {
  const { finding, evidence } = concurrent(ends);
  expect(finding).toMatchObject({ verdict: 'fail', evidence: bad.map((index) => evidence[index]) });
  expect(finding?.message).toContain(how);
  expect(finding?.remedy === undefined).toBe(!ends.includes('timed-out'));
});

test('RACE-02 believes no success that the API did not give', () => {
  const refusedOnly = (tape: Tape, calls: number): void => {
    for (let n = 0; n < calls; n += 1) denied(tape);
    refreshes(tape, 0);
    served(tape, 1);
  };
  const { finding } = concurrent(
    Array.from({ length: 8 }, () => 'ok' as const),
    { within: refusedOnly },
  );
  expect(finding).toMatchObject({
    verdict: 'fail',
    message:
      '8 calls were reported as successful, but the API refused the session of 8 requests and answered 1 request with success after that: at least 7 of the calls were not repeated.',
  });
  expect(finding?.evidence).toHaveLength(9);
});

test('RACE-02 leaves calls open that sent no API request', () => {
  const { finding, evidence } = concurrent(['ok', 'ok'], { within: (tape) => refreshes(tape, 0) });
  expect(finding).toMatchObject({ verdict: 'inconclusive', evidence });
});

test('RACE-02 fails calls that hang; calls that fail without a refresh, if the client is known to refresh', () => {
  const hanging = concurrent(['timed-out', 'timed-out'], { within: (tape) => [denied(tape), denied(tape)] });
  expect(hanging.finding).toMatchObject({
    verdict: 'fail',
    evidence: hanging.evidence,
    diagnosis: expect.stringContaining('the connections of a pool') as string,
  });
  expect(hanging.finding?.breaks).toBeUndefined();
  const failing = concurrent(['failed', 'failed'], { within: (tape) => [denied(tape), denied(tape)] });
  expect(failing.finding).toMatchObject({ assumes: ['refresh-after-401'], breaks: ['concurrent-calls-finish'] });
  expect(concurrent(['failed']).finding?.assumes).toBeUndefined();
});

test('RACE-02 advises a lock when the refreshes may have come from several processes', () => {
  const { finding } = concurrent(['failed'], {
    within: (tape) => {
      tape.add({ kind: 'process-begin', process: 'P1' });
      tape.add({ kind: 'process-begin', process: 'P2' });
      refreshes(tape, 0);
    },
  });
  expect(finding).toMatchObject({ verdict: 'fail', remedy: expect.stringContaining('lock file') as string });
});

test('RACE-02 is about calls, not about a status, and not about calls whose session was good', () => {
  expect(concurrent([]).finding).toBeUndefined();
  expect(concurrent(['ok'], { within: (tape) => served(tape) }).finding).toBeUndefined();
  const status = (tape: Tape): void => {
    honest(tape, 1);
    actionOf(tape, 200, { name: 'status' }).end({ result: 'failed' });
  };
  expect(concurrent(['ok'], { within: status }).finding?.verdict).toBe('pass');
});

test('RACE-02 says that one token was sent in turn, where it was', () => {
  const diagnosis = (generations: readonly number[]) =>
    concurrent(['failed'], {
      within: (tape) => {
        for (const generation of generations) refreshes(tape, generation);
      },
    }).finding?.diagnosis;
  expect(diagnosis([0, 0])).toContain('RT#0');
  expect(diagnosis([0, 1])).toBeUndefined();
});
