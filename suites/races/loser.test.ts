import { describe, expect, test } from 'vitest';
import type { ActionEnd } from '../../src/history/event.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import {
  asks,
  calls,
  denied,
  issues,
  sends,
  refreshes,
  refused,
  served,
  actionOf,
} from './concurrent-calls.test-support.ts';
import leavesToken from './loser-leaves-token.check.ts';
import readsStore from './loser-reads-store.check.ts';

describe('RACE-13', () => {
  /** Two callers send one token at once; one of them wins. Then the client does `after`. */
  function race(
    after: (tape: Tape) => unknown,
    winner = issues(1),
    early: (tape: Tape) => unknown = () => undefined,
    driver = 'adapter',
  ) {
    const tape = createTape('herd');
    tape.login();
    tape.phase('herd');
    early(tape);
    actionOf(tape, 90);
    const loser = sends(tape, 0);
    const won = sends(tape, 0);
    loser.answer(refused);
    won.answer(winner);
    const decisive = after(tape);
    const finding = leavesToken.judge(tape.history(), runFacts({}, driver));
    return { finding, won: won.seq, decisive };
  }
  const revokes = (label: string | null) => (tape: Tape) => {
    const refreshToken = label === null ? null : { ...secret(label), family: 'F#1', generation: 1, head: true };
    return tape.resource(
      {},
      {
        request: { endpoint: 'revoke', facts: { kind: 'revoke', refreshToken, accessToken: null, tokenIn: 'body' } },
      },
    );
  };

  test('passes losers that fail, and leave the winner to go on', () => {
    const { finding, won, decisive } = race((tape) => {
      calls(tape, { result: 'failed' });
      tape.phase('status');
      actionOf(tape, 50, { name: 'status' }).end({ connected: true });
      return served(tape, 1);
    });
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [won, decisive] });
  });

  test('does not know whether a token that was never used is still there', () => {
    const { finding, won } = race(() => undefined);
    expect(finding).toMatchObject({ verdict: 'inconclusive', evidence: [won] });
  });

  test.each<[string, (tape: Tape) => unknown, string]>([
    ['asks for a login', (tape) => calls(tape, { reauthorize: true }), 'the client asked for a new login'],
    [
      'says later that it is not connected',
      (tape) => {
        tape.phase('status');
        return actionOf(tape, 50, { name: 'status' }).end({ connected: false });
      },
      'the client asked for a new login',
    ],
    ['begins a login by itself', (tape) => tape.authorize(), 'the client asked for a new login'],
    ['revokes the token of the winner', revokes('RT#1'), 'revoked that token'],
  ])('fails a loser that %s', (_, after, how) => {
    const { finding, won, decisive } = race(after);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [decisive, won] });
    expect(finding?.message).toContain(how);
  });

  test.each([
    ['an old token', 'RT#0'],
    ['an access token', null],
  ])('has nothing against a client that revokes %s', (_, label) => {
    const goesOn = (tape: Tape): unknown => [revokes(label)(tape), served(tape, 1)];
    expect(race(goesOn).finding?.verdict).toBe('pass');
  });

  test('advises a web application, whose tokens may be in a cookie, to share the refresh among its requests', () => {
    const logout = (tape: Tape): number => calls(tape, { reauthorize: true });
    const remedyOf = (driver: string) => race(logout, undefined, undefined, driver).finding?.remedy;
    expect(remedyOf('http')).toContain('cookie');
    expect(remedyOf('adapter')).toBeUndefined();
  });

  test('does not take a login from before the race for its outcome', () => {
    expect(
      race(
        (tape) => served(tape, 1),
        issues(1),
        (tape) => tape.authorize(),
      ).finding?.verdict,
    ).toBe('pass');
  });

  test('does not take a login for its outcome that began with it', () => {
    const tape = createTape('herd');
    tape.phase('herd');
    const [loser, winner] = [sends(tape, 0), sends(tape, 0)];
    const begunAt = tape.history().refreshes.at(-1)?.begunAt ?? 0;
    tape.authorize({}, { request: { begunAt } });
    winner.answer(issues(1));
    loser.answer(refused);
    served(tape, 1);
    expect(leavesToken.judge(tape.history(), runFacts())?.verdict).toBe('pass');
  });

  test.each([
    ['no refresh token', { issued: { family: 'F#1' } }],
    ['nothing', {}],
  ])('asks the same when the winner was given %s', (_, answer) => {
    const { finding, won, decisive } = race((tape) => calls(tape, { reauthorize: true }), answer);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [decisive, won] });
    expect(finding?.message).toContain('returned a new token');
  });

  test('says nothing of a race that no refresh won, and passes when none arose', () => {
    expect(race(() => undefined, refused).finding).toBeUndefined();
    const tape = createTape('herd');
    tape.phase('herd');
    const sent = [refreshes(tape, 0), refreshes(tape, 1)];
    expect(leavesToken.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'pass', evidence: sent });
    expect(leavesToken.judge(createTape('herd').history(), runFacts())).toBeUndefined();
  });

  test('finds the race that was won behind one that no refresh won', () => {
    const lost = (tape: Tape): void => {
      const both = [sends(tape, 7), sends(tape, 7)];
      for (const { answer } of both) answer(refused);
      refreshes(tape, 8);
    };
    const { finding, won, decisive } = race((tape) => served(tape, 1), issues(1), lost);
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [won, decisive] });
  });
});

describe('RACE-05', () => {
  /** One process refreshes, and its call succeeds; then the other, whose session was refused, does `then`, and its call ends so. */
  function judged(then: (tape: Tape) => unknown, end: ActionEnd['result'] = 'ok', won = issues(1)) {
    const tape = createTape('two-processes');
    tape.login();
    tape.phase('late-process');
    const late = actionOf(tape, 50, { process: 'P2' });
    const held = asks(tape, 0);
    refreshes(tape, 9, refused, { token: { head: false } });
    const winner = refreshes(tape, 0, won);
    actionOf(tape, 52, { name: 'status' }).end({ result: 'failed' });
    held.answer({ status: 401 });
    const sent = then(tape);
    const over = late.end({ result: end });
    return { finding: readsStore.judge(tape.history(), runFacts()), winner, sent, over, held: held.seq };
  }

  test('passes who goes on with the stored tokens, or refreshes with the newest', () => {
    for (const then of [(tape: Tape) => served(tape, 1), (tape: Tape) => [refreshes(tape, 1), served(tape, 2)]]) {
      const { finding, winner } = judged(then);
      expect(finding).toMatchObject({ verdict: 'pass', evidence: [winner] });
    }
  });

  test.each([
    ['an old token', { token: { head: false } }],
    ['no token', { token: null }],
  ])('fails who sends %s', (_, parts) => {
    const { finding, winner, sent } = judged((tape) => refreshes(tape, 0, refused, parts), 'failed');
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [sent, winner], diagnosis: undefined });
    expect(finding?.message).toContain('was expected');
  });

  test('cites every request that repeats the refused token, and says how long the process had waited', () => {
    const stale = { token: { head: false } };
    const { finding, winner, sent } = judged((tape) => {
      tape.wait(200);
      return [refreshes(tape, 0, refused, stale), refreshes(tape, 0, refused, stale)];
    }, 'failed');
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [...(sent as number[]), winner] });
    expect(finding?.diagnosis).toMatch(/^It waited 2\d\d ms after its 401, .*again once\.$/u);
  });

  test.each<[string, (tape: Tape) => unknown]>([
    ['the refresh token', (tape) => refreshes(tape, 1, refused)],
    ['the access token', (tape) => denied(tape, 1)],
  ])('says that %s was read from the store too late', (_, reread) => {
    const { finding } = judged((tape) => {
      refreshes(tape, 0, refused, { token: { head: false } });
      reread(tape);
    }, 'failed');
    expect(finding?.diagnosis).toContain('too late, because the used token had revoked the whole token family');
  });

  test('fails a call that fails, hangs, or is refused by the API, without a refresh', () => {
    for (const end of ['failed', 'timed-out'] as const) {
      const { finding, winner, over } = judged(() => undefined, end);
      expect(finding).toMatchObject({ verdict: 'fail', evidence: [over, winner] });
    }
    const { finding, winner, held } = judged(() => undefined);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [held, winner] });
  });

  test('where no refresh succeeded fails only a client that is known to refresh', () => {
    expect(judged(() => undefined, 'failed', refused).finding).toMatchObject({ assumes: ['refresh-after-401'] });
    expect(judged((tape) => served(tape), 'ok', refused).finding).toBeUndefined();
  });

  test('does not apply where no store is shared', () => {
    expect(readsStore.skip?.(runFacts())).toContain('sharedStore');
    expect(readsStore.skip?.(runFacts({ sharedStore: true }))).toBeUndefined();
  });
});
