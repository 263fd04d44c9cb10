import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { createTape, type Tape } from '../../test-kit/tape.ts';
import { calls, sends, refreshes, refused, actionOf } from '../races/concurrent-calls.test-support.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import { aftermath, asked, died, hung } from './aftermath.ts';
import { givenUp } from './given-up.ts';
import noStorm from './no-storm.check.ts';
import rejectedToken from './rejected-token.check.ts';

function written(write: (tape: Tape) => void): ScenarioHistory {
  const tape = createTape('rejected');
  write(tape);
  return tape.history();
}

describe('the aftermath', () => {
  test('begins with the first refresh that was refused; a success, or one that is still open, is none', () => {
    let first = 0;
    const history = written((tape) => {
      sends(tape, 0);
      refreshes(tape, 0);
      first = refreshes(tape, 1, { status: 400 });
      refreshes(tape, 1, { status: 500 });
    });
    expect(aftermath(history).refused?.seq).toBe(first);
    expect(aftermath(written((tape) => refreshes(tape, 0, { status: 399 }))).refused).toBeUndefined();
  });

  test('counts further uses of that token, not of others, of none, or from before', () => {
    const again: number[] = [];
    const history = written((tape) => {
      refreshes(tape, 1);
      refreshes(tape, 1, refused);
      refreshes(tape, 2, refused);
      refreshes(tape, 1, refused, { token: null });
      again.push(refreshes(tape, 1, refused), refreshes(tape, 1));
    });
    expect(aftermath(history).again.map(({ seq }) => seq)).toEqual(again);
    expect(aftermath(written((tape) => refreshes(tape, 0, {}, { token: null }))).again).toEqual([]);
  });

  test.each<[string, Partial<ActionEnd>, boolean]>([
    ['fails', { result: 'failed' }, true],
    ['succeeds and asks for a login', { reauthorize: true }, true],
    ['says that it is not connected', { connected: false }, true],
    ['succeeds', {}, false],
    ['says that it is connected', { connected: true }, false],
    ['asks for nothing', { reauthorize: false }, false],
    ['hangs', { result: 'timed-out' }, false],
  ])('an action that %s makes it known: %s %s', (_, end, known) => {
    let over = 0;
    const history = written((tape) => {
      actionOf(tape, 80);
      const action = actionOf(tape, 90);
      refreshes(tape, 0, refused);
      over = action.end(end);
    });
    expect(aftermath(history).surfaced).toEqual(known ? [over] : []);
  });

  test('what ended before the refusal has not made it known, what ended in its moment has', () => {
    const ends = (lateMs: number) =>
      written((tape) => {
        const open = sends(tape, 0);
        const [early, claims] = [actionOf(tape, 90), actionOf(tape, 91)];
        early.end({ result: 'failed' });
        claims.end();
        open.answer(refused);
        const [action, claim] = [actionOf(tape, 92), actionOf(tape, 93)];
        tape.wait(lateMs - 30);
        action.end({ result: 'failed' });
        tape.wait(-10);
        claim.end();
      });
    const decisive = (lateMs: number) => {
      const { surfaced, denied } = aftermath(ends(lateMs));
      return [surfaced.length, denied.length];
    };
    expect([decisive(0), decisive(-1)]).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  test('a new authorization makes it known; calls alone that succeed deny it', () => {
    const seen: number[] = [];
    const denied: number[] = [];
    const history = written((tape) => {
      refreshes(tape, 0, refused);
      seen.push(tape.authorize());
      actionOf(tape, 80, { name: 'status' }).end();
      actionOf(tape, 81);
      calls(tape, { result: 'timed-out' });
      denied.push(calls(tape));
    });
    expect(aftermath(history)).toMatchObject({ surfaced: seen, denied });
  });
});

test('actions that ended with the death of the client, and those that were not answered in time', () => {
  let [over, late] = [0, 0];
  const history = written((tape) => {
    calls(tape);
    over = calls(tape, { result: 'died' });
    late = calls(tape, { result: 'timed-out' });
    actionOf(tape, 90);
  });
  expect(died(history)).toEqual([over]);
  expect(hung(history)).toEqual([late]);
});

test('a call is being answered from its beginning to its end, both included', () => {
  const history = written((tape) => {
    actionOf(tape, 1).end();
    actionOf(tape, 2, { name: 'status' });
    tape.wait(100);
    actionOf(tape, 3);
  });
  const [first, , last] = history.actions;
  const [begin, end, open] = [first?.begin.t ?? 0, first?.end?.t ?? 0, last?.begin.t ?? 0];
  const at = [begin - 1, begin, end, end + 1, open - 1, open, open + 1_000];
  expect(at.map((t) => asked(history, t))).toEqual([false, true, true, false, false, true, true]);
});

describe('a rejected token', () => {
  /** It is refused in a call that ends so, and sent again so often. */
  function judged(end: Partial<ActionEnd>, again = 0) {
    const tape = createTape('rejected');
    tape.phase('rejected');
    const sent: number[] = [];
    const over = calls(tape, end, () => {
      for (let n = 0; n <= again; n += 1) sent.push(refreshes(tape, 0, refused));
    });
    tape.phase('recovery');
    calls(tape, { result: 'died' });
    return { finding: rejectedToken.judge(tape.history(), runFacts()), sent, over };
  }

  test('is given up by who reports it, after one further attempt at most', () => {
    for (const again of [0, 1]) {
      const { finding, sent, over } = judged({ result: 'failed' }, again);
      expect(finding).toMatchObject({ verdict: 'pass', evidence: [sent[0], over] });
    }
    const { finding, sent } = judged({ result: 'failed' }, 2);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: sent });
    expect(finding?.message).toContain('RT#0 was sent 2 more times');
  });

  test('is not given up by who claims success, hangs or dies', () => {
    const claims = judged({});
    expect(claims.finding).toMatchObject({ verdict: 'fail', evidence: [claims.sent[0], claims.over] });
    expect(claims.finding?.message).toContain('After its refresh token was rejected the client neither');
    const hangs = judged({ result: 'timed-out' });
    expect(hangs.finding).toMatchObject({ verdict: 'fail', evidence: [hangs.over, hangs.sent[0]] });
    const dies = judged({ result: 'died' });
    expect(dies.finding).toMatchObject({ verdict: 'fail', evidence: [dies.over] });
    expect(dies.finding?.message).toContain('crashed');
  });

  test('was none where no refresh was refused, whatever hangs', () => {
    expect(
      givenUp(
        written((tape) => actionOf(tape, 1)),
        'it was rejected',
      ),
    ).toBeUndefined();
    expect(rejectedToken.judge(createTape('rejected').history(), runFacts())).toBeUndefined();
  });

  test('that is no token is given up like any other', () => {
    const history = written((tape) => {
      for (let n = 0; n < 3; n += 1) refreshes(tape, 0, refused, { token: null });
    });
    expect(givenUp(history, 'it was rejected')?.message).toContain('The rejected token was sent 2 more times');
  });
});

describe('ERR-03', () => {
  /** The token is refused in a first call, or not; then calls with so many token requests. */
  function judged(requests: number, { rejected = true, stormCalls = 2, others = 0 } = {}) {
    const tape = createTape('rejected');
    tape.phase('rejected');
    const before = rejected ? [refreshes(tape, 0, refused)] : [];
    tape.phase('storm');
    actionOf(tape, 90, { name: 'status' }).end();
    const sent: number[] = [];
    for (let n = 0; n < stormCalls; n += 1) calls(tape, { result: 'failed' });
    for (let n = 0; n < others; n += 1) tape.token();
    for (let n = 0; n < requests; n += 1) sent.push(refreshes(tape, 0, refused));
    tape.phase('recovery');
    refreshes(tape, 9);
    return { finding: noStorm.judge(tape.history(), runFacts()), sent, before };
  }

  test('passes three token requests after the rejection, and fails four, of any kind', () => {
    const three = judged(3);
    expect(three.finding).toMatchObject({ verdict: 'pass', evidence: [...three.sent, ...three.before] });
    const four = judged(4);
    expect(four.finding).toMatchObject({ verdict: 'fail', evidence: four.sent });
    expect(judged(0, { others: 4 }).finding?.verdict).toBe('fail');
  });

  test('counts when the rejection is met in the storm only; says nothing without one, or without calls', () => {
    expect(judged(1, { rejected: false }).finding?.verdict).toBe('pass');
    expect(judged(0).finding?.verdict).toBe('pass');
    expect(judged(0, { rejected: false }).finding).toBeUndefined();
    expect(judged(4, { stormCalls: 0 }).finding).toBeUndefined();
  });

  test('says nothing while no storm was run', () => {
    expect(noStorm.judge(createTape('rejected').history(), runFacts())).toBeUndefined();
  });
});
