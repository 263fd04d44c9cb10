import { expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import check from './all-calls-finish.check.ts';
import { refreshes, actionOf } from './herd.test-support.ts';

type End = ActionEnd['result'] | 'open';

/** Calls that end so, around one refresh. Evidence: the ends, or the beginnings of those that never ended, in the order of the calls. */
function herd(ends: readonly End[], within: (tape: Tape) => unknown = (tape) => refreshes(tape, 0)) {
  const tape = createTape('herd');
  tape.login();
  tape.phase('herd');
  const calls = ends.map((_, index) => actionOf(tape, 100 + index));
  within(tape);
  const evidence = ends.map((end, index) => {
    const call = calls[index];
    return (end === 'open' ? call?.seq : call?.end({ result: end })) ?? 0;
  });
  return { finding: check.judge(tape.history(), runFacts()), evidence };
}

test('RACE-02 passes when every call of the herd succeeds', () => {
  const { finding, evidence } = herd(['ok', 'ok', 'ok']);
  expect(finding).toMatchObject({ verdict: 'pass', evidence });
});

test.each<[readonly End[], readonly number[], string]>([
  [['ok', 'failed'], [1], '1 of 2 calls failed'],
  [['died', 'unsupported'], [0, 1], '2 of 2 calls failed'],
  [['ok', 'timed-out', 'open'], [1, 2], '2 of 3 calls were never answered'],
  [['open', 'failed'], [0, 1], 'failed or were never answered'],
])('RACE-02: of calls that end %j those at %j are told', (ends, bad, how) => {
  const { finding, evidence } = herd(ends);
  expect(finding).toMatchObject({ verdict: 'fail', evidence: bad.map((index) => evidence[index]) });
  expect(finding?.message).toContain(how);
  expect(finding?.remedy).toBeUndefined();
});

test('RACE-02 advises a lock when the refreshes may have come from several processes', () => {
  const { finding } = herd(['failed'], (tape) => {
    tape.add({ kind: 'process-begin', process: 'P1' });
    tape.add({ kind: 'process-begin', process: 'P2' });
    refreshes(tape, 0);
  });
  expect(finding).toMatchObject({ verdict: 'fail', remedy: expect.stringContaining('lock file') as string });
});

test('RACE-02 is about calls around a refresh, not about a status, a call before the herd, or a herd whose session lived', () => {
  expect(herd([]).finding).toBeUndefined();
  expect(herd(['failed'], () => undefined).finding).toBeUndefined();
  const status = (tape: Tape) => {
    refreshes(tape, 0);
    actionOf(tape, 200, { name: 'status' }).end({ result: 'failed' });
  };
  expect(herd(['ok'], status).finding?.verdict).toBe('pass');
});

test('RACE-02 says that one token was presented in turn, where it was', () => {
  const told = (generations: readonly number[]) =>
    herd(['failed'], (tape) => {
      for (const generation of generations) refreshes(tape, generation);
    }).finding?.diagnosis;
  expect(told([0, 0])).toContain('RT#0');
  expect(told([0, 1])).toBeUndefined();
});
