import { describe, expect, it } from 'vitest';
import { exploredSchedules } from '../../src/grade/schedules.ts';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
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
  const end = tape.action('call');
  refresh(tape);
  end();
};
const forgot = (tape: Tape): void => {
  tape.action('call')({ result: 'failed', reauthorize: true });
};

const stale = (tape: Tape): void => {
  const end = tape.action('call');
  refresh(tape, false);
  end({ result: 'failed' });
};

describe('exploredSchedules', () => {
  it('does not take a refresh of the next round for the probe that sent nothing', () => {
    const tape = createTape('commit-order');
    round(tape, schedule(2, [0, 1]), forgot);
    round(tape, schedule(2, [1, 0]), keeps);
    expect(exploredSchedules(tape.history()).map(({ violated }) => violated)).toEqual([true, false]);
  });
});

describe('RACE-08', () => {
  it('says that used tokens were sent one after the other, when that is why no valid token is left', () => {
    const tape = createTape('commit-order');
    tape.login();
    const successor = { refreshToken: secret('RT#2', 87), family: 'F#1', generation: 1 };
    const about = { ...secret('RT#1', 87), family: 'F#1', generation: 0 };
    const facts = { grantType: 'refresh_token', code: null, verifier: null } as const;
    tape.token({ ...facts, refreshToken: { ...about, head: true } }, { response: { issued: successor } });
    tape.token(
      { ...facts, refreshToken: { ...about, head: false } },
      { response: { status: 400, error: 'invalid_grant' } },
    );
    tape.add({ kind: 'phase', phase: 'schedule', detail: 'no race arose' });
    tape.phase('probe');
    forgot(tape);
    expect(commitOrder.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining('a used refresh token was sent') as string,
    });
  });

  it('names the shortest of the schedules that lost the token', () => {
    const tape = createTape('commit-order');
    round(tape, schedule(5, [4, 1, 2, 3, 0]), forgot);
    round(tape, schedule(4, [0, 1, 2, 3]), forgot);
    round(tape, schedule(2, [0, 1]), keeps);
    expect(commitOrder.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('In 2 of 3 schedules') as string,
    });
    expect(commitOrder.judge(tape.history(), runFacts())?.message).toContain(
      '4 requests are committed in the order 1, 2, 3, 4',
    );
  });

  it('passes when every probe sent the newest token, and rests on the probes of the races', () => {
    const tape = createTape('commit-order');
    tape.phase('schedules');
    const probes: number[] = [];
    const probed = (write: (tape: Tape) => void): void => {
      write(tape);
      probes.push(tape.history().refreshes.at(-1)?.seq ?? 0);
    };
    probed(() => {
      round(tape, 'no race arose', keeps);
    });
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      probed(() => {
        round(tape, schedule(2, order), keeps);
      });
    }
    const finding = commitOrder.judge(tape.history(), runFacts());
    expect(finding).toMatchObject({ verdict: 'pass', evidence: probes.slice(1) });
    expect(finding?.message).toContain('In 2 of');
  });

  it('asks the round in which the token was lost whether it had refreshed, not those before and after', () => {
    const tape = createTape('commit-order');
    const idle = (probe: (tape: Tape) => void): void => {
      tape.login();
      tape.add({ kind: 'phase', phase: 'schedule', detail: 'no race arose' });
      tape.phase('probe');
      probe(tape);
    };
    idle(keeps);
    idle(forgot);
    tape.login();
    refresh(tape);
    expect(commitOrder.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining('no refresh followed') as string,
    });
  });

  it('does not take a refresh without a token in the probe for one before it', () => {
    const tape = createTape('commit-order');
    tape.login();
    tape.add({ kind: 'phase', phase: 'schedule', detail: 'no race arose' });
    tape.phase('probe');
    const end = tape.action('call');
    tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken: null });
    end({ result: 'failed' });
    expect(commitOrder.judge(tape.history(), runFacts())?.message).toContain('no refresh followed');
  });

  it('counts from the beginning where no login is on record', () => {
    const tape = createTape('commit-order');
    refresh(tape);
    tape.add({ kind: 'phase', phase: 'schedule', detail: 'no race arose' });
    tape.phase('probe');
    forgot(tape);
    expect(commitOrder.judge(tape.history(), runFacts())?.message).toContain('had no refresh token to send');
  });

  it.each<[string, (tape: Tape) => void, (tape: Tape) => void, string]>([
    ['never refreshes', () => undefined, forgot, 'no refresh followed'],
    ['has nothing to send after its refresh', refresh, forgot, 'had no refresh token to send'],
    ['sends a used token', refresh, stale, 'a used refresh token was sent'],
  ])('without a race a client that %s is left to another check', (_, raced, probed, how) => {
    const tape = createTape('commit-order');
    tape.login();
    raced(tape);
    tape.add({ kind: 'phase', phase: 'schedule', detail: 'no race arose' });
    tape.phase('probe');
    probed(tape);
    expect(commitOrder.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'inconclusive',
      message: expect.stringContaining(how) as string,
    });
  });
});
