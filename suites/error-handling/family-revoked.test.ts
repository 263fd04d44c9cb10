import { describe, expect, it } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './family-revoked.check.ts';

/** The refresh token of the revoked family is sent and refused. */
const refused = (tape: Tape): number =>
  tape.token(
    {
      grantType: 'refresh_token',
      code: null,
      verifier: null,
      refreshToken: { ...secret('RT#1'), family: 'F#1', generation: 1, head: false },
    },
    { response: { status: 400, error: 'invalid_grant' } },
  );

/** An API request with the revoked access token. */
const dead = (tape: Tape): number =>
  tape.resource(
    { accessToken: { ...secret('AT#1'), family: 'F#1', generation: 1, newest: true, alive: false } },
    { response: { status: 401 } },
  );

/** A call that says that its user has to connect again, after what `within` does. */
function failing(tape: Tape, within: () => void = () => undefined): void {
  const end = tape.action('call');
  within();
  end({ result: 'failed', reauthorize: true });
}

function judged(write: (tape: Tape) => void) {
  const tape = createTape('reuse');
  tape.login();
  tape.phase('reuse');
  write(tape);
  return check.judge(tape.history(), runFacts());
}

/** The first call learns it, `calls` more are refused by the client itself. */
const honest = (tape: Tape, further: number, calls: number, within: () => void = () => undefined): void => {
  failing(tape, () => {
    dead(tape);
    refused(tape);
    for (let n = 0; n < further; n += 1) refused(tape);
  });
  for (let n = 0; n < calls; n += 1) failing(tape, within);
};

describe('ERR-02', () => {
  it('passes a client that stops, and one that tries once more', () => {
    expect(
      judged((tape) => {
        honest(tape, 0, 5);
      }),
    ).toMatchObject({ verdict: 'pass' });
    expect(
      judged((tape) => {
        honest(tape, 1, 5);
      }),
    ).toMatchObject({ verdict: 'pass' });
  });

  it('fails one that goes on sending the revoked token', () => {
    expect(
      judged((tape) => {
        honest(tape, 2, 0);
      }),
    ).toMatchObject({ verdict: 'fail', message: expect.stringContaining('2 more times') as string });
  });

  it('warns of one revoked access token a call after the third, and fails more than two a call', () => {
    const trying = (times: number, calls: number) =>
      judged((tape) => {
        honest(tape, 0, calls, () => {
          for (let n = 0; n < times; n += 1) dead(tape);
        });
      })?.verdict;
    expect([trying(1, 3), trying(1, 4), trying(3, 4)]).toEqual(['pass', 'warn', 'fail']);
    // Twice a call and once for the first one is what is just allowed.
    expect(trying(2, 1)).toBe('pass');
  });

  it('fails one that hides it, one that hangs and one that dies', () => {
    const ending = (end: 'ok' | 'timed-out' | 'died') =>
      judged((tape) => {
        const over = tape.action('call');
        dead(tape);
        refused(tape);
        over({ result: end });
      })?.message;
    expect(ending('ok')).toContain('neither reported an error');
    expect(ending('timed-out')).toContain('never answered');
    expect(ending('died')).toContain('crashed');
  });

  it('takes a new authorization for an answer', () => {
    const again = (tape: Tape): void => {
      const over = tape.action('call');
      dead(tape);
      refused(tape);
      tape.authorize();
      over();
    };
    expect(judged(again)).toMatchObject({ verdict: 'pass' });
  });

  it('passes a client that says so without trying a refresh, whatever it sent to the API meanwhile', () => {
    let decisive = 0;
    const byItself = (tape: Tape): void => {
      const over = tape.action('call');
      dead(tape);
      decisive = over({ result: 'failed', reauthorize: true });
    };
    expect(judged(byItself)).toMatchObject({ verdict: 'pass', evidence: [decisive] });
  });

  it('fails a client that hangs before it has tried anything', () => {
    let over = 0;
    const hangs = (tape: Tape): void => {
      over = tape.action('call')({ result: 'timed-out' });
    };
    expect(judged(hangs)).toMatchObject({ verdict: 'fail', evidence: [over] });
  });

  it('rests on the refusal when it is not reported, and on further requests when they are too many', () => {
    let refusal = 0;
    const hides = (tape: Tape): void => {
      const over = tape.action('call');
      refusal = refused(tape);
      over();
    };
    expect(judged(hides)?.evidence).toEqual([refusal]);
    const tries: number[] = [];
    const trying = (tape: Tape): void => {
      honest(tape, 0, 4, () => {
        tries.push(dead(tape));
      });
    };
    const finding = judged(trying);
    expect(finding).toMatchObject({
      verdict: 'warn',
      evidence: tries,
      remedy: expect.stringContaining('Delete the access token') as string,
    });
  });

  it('counts revoked access tokens only, two a call at most, and those after the refusal', () => {
    const alive = (tape: Tape): number =>
      tape.resource({ accessToken: { ...secret('AT#9'), family: 'F#2', generation: 1, newest: true, alive: true } });
    const sending = (sent: (tape: Tape) => unknown, times: number, late = true) =>
      judged((tape) => {
        const over = tape.action('call');
        if (late) refused(tape);
        for (let n = 0; n < times; n += 1) sent(tape);
        if (!late) refused(tape);
        over({ result: 'failed' });
        for (let n = 0; n < 2; n += 1) failing(tape);
      })?.verdict;
    const bare = (tape: Tape): number => tape.resource();
    expect([sending(alive, 7), sending(bare, 7)]).toEqual(['pass', 'pass']);
    expect([sending(dead, 6), sending(dead, 7)]).toEqual(['warn', 'fail']);
    expect(sending(dead, 6, false)).toBe('pass');
  });

  it('does not hold against it what was under way when the refusal came', () => {
    const underWay = (by: number) =>
      judged((tape) => {
        const over = tape.action('call');
        refused(tape);
        const decisive = tape.history().events.at(-1)?.t ?? 0;
        const accessToken = { ...secret('AT#1'), family: 'F#1', generation: 1, newest: true, alive: false };
        for (let n = 0; n < 4; n += 1) tape.resource({ accessToken }, { request: { begunAt: decisive + by } });
        over({ result: 'failed' });
        failing(tape);
      })?.verdict;
    expect([underWay(0), underWay(1)]).toEqual(['pass', 'warn']);
  });

  it('is not exercised by a client that never noticed', () => {
    expect(judged(() => undefined)).toBeUndefined();
    expect(check.judge(createTape('reuse').history(), runFacts())).toBeUndefined();
  });
});
