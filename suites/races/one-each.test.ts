/** Checks that want each refresh token sent once. */
import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import { denied, sends, refreshes, refused, served, actionOf } from './concurrent-calls.test-support.ts';
import oneRefresh from './one-refresh.check.ts';
import oneRotation from './one-rotation-per-expiry.check.ts';
import tabsShare from './tabs-share.check.ts';

describe.each([
  ['RACE-06', oneRotation],
  ['RACE-12', tabsShare],
])('%s', (_, check) => {
  /** The sessions of two callers are refused; `generations` are sent; `answers` requests succeed; the second call ends so. */
  function judged(generations: readonly (number | null)[], end: ActionEnd['result'] = 'ok', answers = 2) {
    const tape = createTape('herd');
    refreshes(tape, 0);
    tape.phase('herd');
    const one = actionOf(tape, 1);
    const other = actionOf(tape, 2);
    const refusals = [denied(tape), denied(tape)];
    const sent = generations.map((generation) =>
      refreshes(tape, generation ?? 0, undefined, generation === null ? { token: null } : {}),
    );
    actionOf(tape, 3, { name: 'status' }).end({ result: 'failed' });
    const good = Array.from({ length: answers }, () => served(tape));
    one.end();
    const over = other.end({ result: end });
    return { finding: check.judge(tape.history(), runFacts()), sent, over, counted: [...refusals, ...good] };
  }

  test('passes when each token is sent once, and every call succeeds', () => {
    for (const generations of [[0], [0, 1]]) {
      const { finding, sent } = judged(generations);
      expect(finding).toMatchObject({ verdict: 'pass', evidence: sent });
    }
  });

  test('fails a token that is sent twice, also after others', () => {
    const { finding, sent } = judged([0, 1, 1]);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: sent.slice(1) });
    expect(finding?.message).toContain('RT#1 was sent 2 times');
  });

  test('fails a call that fails or is not answered in time', () => {
    for (const end of ['failed', 'timed-out'] as const) {
      const { finding, over } = judged([0], end);
      expect(finding).toMatchObject({ verdict: 'fail', evidence: [over] });
    }
  });

  test('believes no success that the API did not give', () => {
    const { finding, counted } = judged([0], 'ok', 1);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: counted });
    expect(finding?.message).toContain('refused the session of 2 requests and answered 1 request');
  });

  test('without a refresh fails only a client that is known to refresh', () => {
    expect(judged([], 'failed').finding).toMatchObject({ verdict: 'fail', assumes: ['refresh-after-401'] });
    expect(judged([0], 'failed').finding?.assumes).toBeUndefined();
  });

  test('says nothing while no session ended', () => {
    const tape = createTape('herd');
    tape.phase('herd');
    actionOf(tape, 1).end();
    expect(check.judge(tape.history(), runFacts())).toBeUndefined();
  });

  test('leaves open what was reported as successful without an API request', () => {
    const tape = createTape('herd');
    tape.phase('herd');
    const call = actionOf(tape, 1);
    refreshes(tape, 0);
    const over = call.end();
    expect(check.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'inconclusive', evidence: [over] });
  });
});

test('RACE-06 is for processes that share a store', () => {
  expect(oneRotation.skip?.(runFacts())).toBeDefined();
  expect(oneRotation.skip?.(runFacts({ sharedStore: true }))).toBeUndefined();
});

describe('RACE-01', () => {
  /** So many requests are refused; then so many refreshes follow, each with a token of its own. */
  function judged(refusals: number, count: number) {
    const tape = createTape('herd');
    tape.phase('herd');
    const calls = [actionOf(tape, 1), actionOf(tape, 2)];
    const first = Array.from({ length: refusals }, () => denied(tape));
    const sent = Array.from({ length: count }, (_, generation) => refreshes(tape, generation));
    for (const call of calls) call.end();
    return { finding: oneRefresh.judge(tape.history(), runFacts()), evidence: [...sent, ...first] };
  }

  test.each([
    [2, 1, '2 requests of concurrent calls were answered 401, and one refresh followed'],
    [
      3,
      2,
      '3 requests of concurrent calls were answered 401, and 2 refreshes followed, no two of them with the same token at the same time',
    ],
    [1, 1, 'of 2 concurrent calls at most one was answered 401, and one refresh followed'],
    [0, 2, 'at most one was answered 401, and 2 refreshes followed'],
  ])('passes %i refused requests and %i refreshes, and says whether there was a race', (refusals, count, how) => {
    const { finding, evidence } = judged(refusals, count);
    expect(finding).toMatchObject({ verdict: 'pass', evidence });
    expect(finding?.message).toContain(how);
  });

  test('counts the requests that had one token open at one moment, and no others', () => {
    const tape = createTape('herd');
    tape.phase('herd');
    refreshes(tape, 0);
    refreshes(tape, 1, refused);
    const open = [sends(tape, 1), sends(tape, 1), sends(tape, 1)];
    for (const { answer } of open) answer(refused);
    refreshes(tape, 1, refused);
    expect(oneRefresh.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'fail',
      message: 'RT#1 was sent by 3 requests at the same time; exactly one was expected.',
      evidence: open.map(({ seq }) => seq),
    });
  });

  test('says nothing without a refresh', () => {
    expect(judged(2, 0).finding).toBeUndefined();
  });
});
