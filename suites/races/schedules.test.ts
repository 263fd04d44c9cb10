import { describe, expect, it } from 'vitest';
import { playedSchedules } from '../../src/grade/schedules.ts';
import { createTape, secret, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import commitOrder from './commit-order.check.ts';

const schedule = (contenders: number, commit: readonly number[]): string =>
  JSON.stringify({ contenders, commit, answer: commit });

/** One refresh with the newest token of the family, or with a used one. */
const refresh = (tape: Tape, head = true): number =>
  tape.token({
    grantType: 'refresh_token',
    code: null,
    verifier: null,
    refreshToken: { ...secret('RT#1', 87), family: 'F#1', generation: 0, head },
  });

/** A round as the scenario leaves it: a login, the race, its schedule, and the probe. */
function round(tape: Tape, detail: string, probe: (tape: Tape) => void): void {
  tape.login();
  refresh(tape);
  tape.add({ kind: 'phase', phase: 'schedule', detail });
  tape.phase('probe');
  probe(tape);
}

const keeps = (tape: Tape): void => {
  const end = tape.verb('call');
  refresh(tape);
  end();
};
const forgot = (tape: Tape): void => {
  tape.verb('call')({ result: 'failed', reauthorize: true });
};

const stale = (tape: Tape): void => {
  const end = tape.verb('call');
  refresh(tape, false);
  end({ result: 'failed' });
};

describe('playedSchedules', () => {
  it('does not take a refresh of the next round for the probe that presented nothing', () => {
    const tape = createTape('commit-order');
    round(tape, schedule(2, [0, 1]), forgot);
    round(tape, schedule(2, [1, 0]), keeps);
    expect(playedSchedules(tape.history()).map(({ violated }) => violated)).toEqual([true, false]);
  });
});

describe('RACE-08', () => {
  it('names the shortest of the schedules that lost the token', () => {
    const tape = createTape('commit-order');
    round(tape, schedule(5, [4, 1, 2, 3, 0]), forgot);
    round(tape, schedule(4, [0, 1, 2, 3]), forgot);
    round(tape, schedule(2, [0, 1]), keeps);
    expect(commitOrder.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('In 2 of 3 schedules') as string,
    });
    expect(commitOrder.judge(tape.history(), runFacts())?.message).toContain(schedule(4, [0, 1, 2, 3]));
  });

  it('passes when every probe presented the newest token', () => {
    const tape = createTape('commit-order');
    round(tape, schedule(2, [0, 1]), keeps);
    expect(commitOrder.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'pass' });
  });

  it.each<[string, (tape: Tape) => void, (tape: Tape) => void, string]>([
    ['never refreshes', () => undefined, forgot, 'RTR-01'],
    ['has nothing to present after its refresh', refresh, forgot, 'RTR-02'],
    ['presents a used token', refresh, stale, 'RACE-14'],
  ])('without a race a client that %s is left to another check', (_, raced, probed, blockedBy) => {
    const tape = createTape('commit-order');
    tape.login();
    raced(tape);
    tape.add({ kind: 'phase', phase: 'schedule', detail: 'no race arose' });
    tape.phase('probe');
    probed(tape);
    expect(commitOrder.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'inconclusive', blockedBy });
  });
});
