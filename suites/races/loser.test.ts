import { describe, expect, test } from 'vitest';
import { createTape, secret, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import { calls, issues, presents, refreshes, refused, actionOf } from './herd.test-support.ts';
import leavesToken from './loser-leaves-token.check.ts';
import readsStore from './loser-reads-store.check.ts';

describe('RACE-13', () => {
  /** Two callers present one token at once; one of them wins. Then the client does `after`. */
  function race(after: (tape: Tape) => unknown, winner = issues(1), early: (tape: Tape) => unknown = () => undefined) {
    const tape = createTape('herd');
    tape.login();
    tape.phase('herd');
    early(tape);
    actionOf(tape, 90);
    const loser = presents(tape, 0);
    const won = presents(tape, 0);
    loser.answer(refused);
    won.answer(winner);
    const told = after(tape);
    return { finding: leavesToken.judge(tape.history(), runFacts()), won: won.seq, told };
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
    const { finding, won } = race((tape) => {
      calls(tape, { result: 'failed' });
      tape.phase('status');
      actionOf(tape, 50, { name: 'status' }).end({ connected: true });
    });
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [won] });
  });

  test.each<[string, (tape: Tape) => unknown, string]>([
    ['asks for a login', (tape) => calls(tape, { reauthorize: true }), 'made the client ask'],
    [
      'says later that it is not connected',
      (tape) => {
        tape.phase('status');
        return actionOf(tape, 50, { name: 'status' }).end({ connected: false });
      },
      'made the client ask',
    ],
    ['begins a login by itself', (tape) => tape.authorize(), 'made the client ask'],
    ['revokes the token of the winner', revokes('RT#1'), 'revoked that token'],
  ])('fails a loser that %s', (_, after, how) => {
    const { finding, won, told } = race(after);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [told, won] });
    expect(finding?.message).toContain(how);
  });

  test.each([
    ['an old token', 'RT#0'],
    ['an access token', null],
  ])('has nothing against a client that revokes %s', (_, label) => {
    expect(race(revokes(label)).finding?.verdict).toBe('pass');
  });

  test('does not take a login from before the race for its outcome', () => {
    expect(
      race(
        () => undefined,
        issues(1),
        (tape) => tape.authorize(),
      ).finding?.verdict,
    ).toBe('pass');
  });

  test('does not take a login for its outcome that began with it', () => {
    const tape = createTape('herd');
    tape.phase('herd');
    const [loser, winner] = [presents(tape, 0), presents(tape, 0)];
    const begunAt = tape.history().refreshes.at(-1)?.begunAt ?? 0;
    tape.authorize({}, { request: { begunAt } });
    winner.answer(issues(1));
    loser.answer(refused);
    expect(leavesToken.judge(tape.history(), runFacts())?.verdict).toBe('pass');
  });

  test.each([
    ['no refresh token', { issued: { family: 'F#1' } }],
    ['nothing', {}],
  ])('asks the same when the winner was given %s', (_, answer) => {
    const { finding, won, told } = race((tape) => calls(tape, { reauthorize: true }), answer);
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [told, won] });
    expect(finding?.message).toContain('got a new token');
  });

  test('says nothing of a race that nobody won, and passes when none arose', () => {
    expect(race(() => undefined, refused).finding).toBeUndefined();
    const tape = createTape('herd');
    tape.phase('herd');
    const sent = [refreshes(tape, 0), refreshes(tape, 1)];
    expect(leavesToken.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'pass', evidence: sent });
    expect(leavesToken.judge(createTape('herd').history(), runFacts())).toBeUndefined();
  });

  test('finds the race that was won behind one that nobody won', () => {
    const lost = (tape: Tape): void => {
      const both = [presents(tape, 7), presents(tape, 7)];
      for (const { answer } of both) answer(refused);
      refreshes(tape, 8);
    };
    const { finding, won } = race(() => undefined, issues(1), lost);
    expect(finding).toMatchObject({ verdict: 'pass', evidence: [won] });
  });
});

describe('RACE-05', () => {
  /** One process refreshes; then the other does `then`, and its call ends so. */
  function judged(then: (tape: Tape) => unknown, end: 'ok' | 'failed' | 'open' = 'ok', won = issues(1)) {
    const tape = createTape('two-processes');
    tape.login();
    tape.phase('late-process');
    const late = actionOf(tape, 50, { process: 'P2' });
    refreshes(tape, 9, refused, { token: { head: false } });
    const winner = refreshes(tape, 0, won);
    actionOf(tape, 52, { name: 'status' }).end({ result: 'failed' });
    const sent = then(tape);
    const over = end === 'open' ? late.seq : late.end({ result: end });
    return { finding: readsStore.judge(tape.history(), runFacts()), winner, sent, over };
  }

  test('passes who goes on with the stored tokens, or refreshes with the newest', () => {
    for (const then of [() => undefined, (tape: Tape) => refreshes(tape, 1)]) {
      const { finding, winner } = judged(then);
      expect(finding).toMatchObject({ verdict: 'pass', evidence: [winner] });
    }
  });

  test.each([
    ['an old token', { token: { head: false } }],
    ['no token', { token: null }],
  ])('fails who presents %s', (_, parts) => {
    const { finding, winner, sent } = judged((tape) => refreshes(tape, 0, refused, parts), 'failed');
    expect(finding).toMatchObject({ verdict: 'fail', evidence: [sent, winner] });
    expect(finding?.message).toContain('was expected');
  });

  test('fails a call that fails or hangs without a refresh', () => {
    for (const end of ['failed', 'open'] as const) {
      const { finding, winner, over } = judged(() => undefined, end);
      expect(finding).toMatchObject({ verdict: 'fail', evidence: [over, winner] });
    }
  });

  test('says nothing while no refresh succeeded, and does not apply where no store is shared', () => {
    expect(judged(() => undefined, 'failed', refused).finding).toBeUndefined();
    expect(readsStore.skip?.(runFacts())).toContain('sharedStore');
    expect(readsStore.skip?.(runFacts({ sharedStore: true }))).toBeUndefined();
  });
});
