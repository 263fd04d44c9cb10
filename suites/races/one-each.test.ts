/** Checks that want each refresh token presented once. */
import { describe, expect, test } from 'vitest';
import { createTape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import { asks, presents, refreshes, refused, actionOf } from './herd.test-support.ts';
import oneRefresh from './one-refresh.check.ts';
import oneRotation from './one-rotation-per-expiry.check.ts';
import tabsShare from './tabs-share.check.ts';

describe.each([
  ['RACE-06', oneRotation],
  ['RACE-12', tabsShare],
])('%s', (_, check) => {
  /** Two callers; `generations` are presented; the second call ends so. */
  function judged(generations: readonly (number | null)[], end: 'ok' | 'failed' | 'open' = 'ok') {
    const tape = createTape('herd');
    refreshes(tape, 0);
    tape.phase('herd');
    const one = actionOf(tape, 1);
    const other = actionOf(tape, 2);
    const sent = generations.map((generation) =>
      refreshes(tape, generation ?? 0, undefined, generation === null ? { token: null } : {}),
    );
    actionOf(tape, 3, { name: 'status' }).end({ result: 'failed' });
    one.end();
    const over = end === 'open' ? other.seq : other.end({ result: end });
    return { finding: check.judge(tape.history(), runFacts()), sent, over };
  }

  test('passes when each token is presented once, and every call succeeds', () => {
    for (const generations of [[0], [0, 1]]) {
      const { finding, sent } = judged(generations);
      expect(finding).toMatchObject({ verdict: 'pass', evidence: sent });
    }
  });

  test('fails a token that is presented twice, also after others', () => {
    const { finding, sent } = judged([0, 1, 1]);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: sent.slice(1) });
    expect(finding?.message).toContain('RT#1 was presented 2 times');
  });

  test('fails a call that fails or never ends', () => {
    for (const end of ['failed', 'open'] as const) {
      const { finding, over } = judged([0], end);
      expect(finding).toMatchObject({ verdict: 'fail', evidence: [over] });
    }
  });

  test('says nothing without a refresh', () => {
    expect(judged([], 'failed').finding).toBeUndefined();
  });
});

test('RACE-06 is for processes that share a store', () => {
  expect(oneRotation.skip?.(runFacts())).toBeDefined();
  expect(oneRotation.skip?.(runFacts({ sharedStore: true }))).toBeUndefined();
});

describe('RACE-01', () => {
  /** So many calls are denied; then so many refreshes follow, each with a token of its own. */
  function judged(denied: number, count: number) {
    const tape = createTape('herd');
    tape.phase('herd');
    actionOf(tape, 1);
    actionOf(tape, 2);
    for (let n = 0; n < denied; n += 1) asks(tape, 0).answer({ status: 401 });
    const sent = Array.from({ length: count }, (_, generation) => refreshes(tape, generation));
    return { finding: oneRefresh.judge(tape.history(), runFacts()), sent };
  }

  test.each([
    [2, 1, '2 calls found their session dead at once, and one refresh followed'],
    [3, 2, '3 calls found their session dead at once, and of 2 refreshes no two had one token at once'],
    [1, 1, 'of 2 calls at once no two found their session dead, and one refresh followed'],
    [0, 2, 'no two found their session dead, and of 2 refreshes'],
  ])('passes %i denied calls and %i refreshes, and tells whether there was a race', (denied, count, how) => {
    const { finding, sent } = judged(denied, count);
    expect(finding).toMatchObject({ verdict: 'pass', evidence: sent });
    expect(finding?.message).toContain(how);
  });

  test('fails all presentations of the token that two had open at once, also behind another', () => {
    const tape = createTape('herd');
    tape.phase('herd');
    refreshes(tape, 0);
    const open = [presents(tape, 1), presents(tape, 1)];
    const later = refreshes(tape, 1, refused);
    expect(oneRefresh.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'fail',
      evidence: [...open.map(({ seq }) => seq), later],
    });
  });

  test('says nothing without a refresh', () => {
    expect(judged(2, 0).finding).toBeUndefined();
  });
});
