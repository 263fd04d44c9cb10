import { expect, test } from 'vitest';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import { calls, denied, refreshes, refused, served, actionOf } from './concurrent-calls.test-support.ts';
import check from './no-lockout.check.ts';

interface Later {
  /** What the call after the concurrent ones does; returns the decisive refresh. */
  readonly within?: (tape: Tape) => number;
  readonly result?: 'ok' | 'failed' | 'timed-out';
}

/** Concurrent calls with a refresh; after them a call. */
function judged({ within, result = 'ok' }: Later) {
  const tape = createTape('herd');
  tape.login();
  tape.phase('herd');
  refreshes(tape, 0);
  tape.phase('later');
  actionOf(tape, 40, { name: 'status' }).end({ result: 'failed' });
  const call = actionOf(tape, 50);
  const sent = within?.(tape) ?? 0;
  if (result === 'ok') served(tape);
  const over = call.end({ result });
  return { finding: check.judge(tape.history(), runFacts()), sent, over };
}

const head = (tape: Tape): number => refreshes(tape, 1);
const old = (tape: Tape): number => refreshes(tape, 0, refused, { token: { head: false } });

test('RACE-03 passes a call that refreshes with the newest token, though not at the first attempt', () => {
  const plain = judged({ within: head });
  expect(plain.finding).toMatchObject({ verdict: 'pass', evidence: [plain.sent] });
  const second = judged({
    within: (tape) => {
      old(tape);
      return head(tape);
    },
  });
  expect(second.finding).toMatchObject({ verdict: 'pass', evidence: [second.sent] });
});

test.each<[string, (tape: Tape) => number, Later['result'], string]>([
  ['sends an old token that is refused', old, 'failed', 'was refused, and the next call failed'],
  [
    'is saved by a server that takes an old token',
    (tape) => refreshes(tape, 0, undefined, { token: { head: false } }),
    'ok',
    'was accepted, and the next call succeeded',
  ],
  ['sends no token', (tape) => refreshes(tape, 0, refused, { token: null }), 'failed', 'was refused'],
  ['accepts no token', (tape) => refreshes(tape, 0, {}, { token: null }), 'ok', 'was accepted'],
  ['is refused the newest token', (tape) => refreshes(tape, 1, refused), 'ok', 'was refused'],
  ['fails though it refreshed well', head, 'failed', 'was accepted, and the next call failed'],
  ['is not answered in time', head, 'timed-out', 'was accepted, and the next call failed'],
])('RACE-03 fails when the next call %s', (_, within, result, how) => {
  const { finding, sent, over } = judged({ within, ...(result === undefined ? {} : { result }) });
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [sent, over] });
  expect(finding?.message).toContain(how);
});

test('RACE-03 fails a call that fails without a refresh; one that succeeds so says nothing', () => {
  const { finding, over } = judged({ result: 'failed' });
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [over] });
  expect(finding?.message).toContain('no longer refreshed');
  expect(judged({}).finding).toBeUndefined();
});

test('RACE-03 wants every call to succeed', () => {
  const tape = createTape('herd');
  tape.phase('herd');
  refreshes(tape, 0);
  tape.phase('later');
  const sent = refreshes(tape, 1);
  const ends = [calls(tape, {}, () => served(tape)), calls(tape, { result: 'failed' })];
  expect(check.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'fail', evidence: [sent, ...ends] });
});

test('RACE-03 believes no success that the API did not give', () => {
  const after = (within: (tape: Tape) => unknown) => {
    const tape = createTape('herd');
    tape.phase('herd');
    refreshes(tape, 0);
    tape.phase('later');
    calls(tape, {}, () => within(tape));
    return check.judge(tape.history(), runFacts());
  };
  expect(after((tape) => [denied(tape), refreshes(tape, 1), served(tape, 2)])?.verdict).toBe('pass');
  expect(after((tape) => [denied(tape), refreshes(tape, 1)])?.message).toContain('but the API refused it');
  expect(after((tape) => denied(tape))).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining('no longer refreshed') as string,
  });
});

test('RACE-03 does not pass by the smaller group where the concurrent calls hung and nothing came after', () => {
  const tape = createTape('herd');
  tape.phase('herd');
  const ended = calls(tape, { result: 'timed-out' }, () => denied(tape));
  expect(check.judge(tape.history(), runFacts())).toMatchObject({
    verdict: 'fail',
    evidence: [ended],
    broken: ['calls-answered'],
  });
});

test('RACE-03 is exercised by concurrent calls that failed without a refresh, if the client is known to refresh', () => {
  const tape = createTape('herd');
  tape.phase('herd');
  calls(tape, { result: 'failed' }, () => denied(tape));
  tape.phase('later');
  calls(tape, { result: 'failed' }, () => denied(tape));
  expect(check.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'fail', assumes: ['refresh-after-401'] });
});

test('RACE-03 says nothing without concurrent calls that refreshed, or without a call after them', () => {
  const partly = (phases: readonly string[]) => {
    const tape = createTape('herd');
    for (const phase of phases) {
      tape.phase(phase);
      if (phase !== 'idle') refreshes(tape, phase === 'herd' ? 0 : 1, undefined, { token: { head: false } });
    }
    return check.judge(tape.history(), runFacts());
  };
  expect([partly(['herd']), partly(['later']), partly(['herd', 'later'])]).toEqual([undefined, undefined, undefined]);
});

test('RACE-03 says that concurrent calls sent one token in turn, and advises a lock where several processes may have', () => {
  const locked = (generations: readonly number[], processes: readonly string[]) => {
    const tape = createTape('herd');
    for (const process of processes) tape.add({ kind: 'process-begin', process });
    tape.phase('herd');
    for (const generation of generations) refreshes(tape, generation);
    tape.phase('later');
    calls(tape, { result: 'failed' });
    return check.judge(tape.history(), runFacts());
  };
  const inTurn = locked([0, 0], ['P1', 'P2']);
  expect(inTurn?.diagnosis).toContain('RT#0');
  expect(inTurn?.remedy).toContain('lock file');
  const alone = locked([0], ['P1']);
  expect(alone?.verdict).toBe('fail');
  expect([alone?.diagnosis, alone?.remedy]).toEqual([undefined, undefined]);
});
