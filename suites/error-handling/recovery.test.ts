import { describe, expect, it } from 'vitest';
import { createTape, secret, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './recovery.check.ts';

const use = (tape: Tape, family: string): number =>
  tape.resource({ accessToken: { ...secret(`AT ${family}`), family, generation: 0, newest: true, alive: true } });

const refresh = (tape: Tape, family: string): number =>
  tape.token({
    grantType: 'refresh_token',
    code: null,
    verifier: null,
    refreshToken: { ...secret(`RT ${family}`), family, generation: 0, head: true },
  });

/** A call in which the client does `within`. */
function call(tape: Tape, within: () => void, result: 'ok' | 'failed' | 'died' = 'ok'): void {
  const end = tape.action('call');
  within();
  end({ result });
}

/** After a new login, whose family is F#2, the client does what `write` says. */
function judged(write: (tape: Tape) => void, result: 'ok' | 'failed' = 'ok') {
  const tape = createTape('rejected');
  tape.login();
  tape.phase('recovery');
  const issued = { accessToken: secret('AT F#2'), refreshToken: secret('RT F#2'), family: 'F#2', generation: 0 };
  tape.login({ exchange: { response: { issued } }, end: { result } });
  write(tape);
  return check.judge(tape.history(), runFacts());
}

describe('ERR-04', () => {
  it('passes a client that goes on with the new tokens', () => {
    const honest = (tape: Tape): void => {
      call(tape, () => use(tape, 'F#2'));
      call(tape, () => {
        refresh(tape, 'F#2');
        use(tape, 'F#2');
      });
    };
    expect(judged(honest)).toMatchObject({ verdict: 'pass' });
  });

  it('fails old tokens, of either kind', () => {
    const access = judged((tape) => {
      call(tape, () => use(tape, 'F#1'));
    });
    const stale = judged((tape) => {
      call(tape, () => refresh(tape, 'F#1'));
    });
    expect(access).toMatchObject({ verdict: 'fail', message: expect.stringContaining('access token') as string });
    expect(stale).toMatchObject({ verdict: 'fail', message: expect.stringContaining('RT F#1') as string });
  });

  it('fails old tokens in the background once a call has ended, not before', () => {
    const background = (early: boolean) =>
      judged((tape) => {
        if (early) use(tape, 'F#1');
        call(tape, () => use(tape, 'F#2'));
        if (!early) use(tape, 'F#1');
      })?.verdict;
    expect([background(true), background(false)]).toEqual(['pass', 'fail']);
  });

  it('fails a login that does not work, calls that fail, and a client that dies', () => {
    expect(judged(() => undefined, 'failed')?.message).toContain('login after the rejection failed');
    const calls = (result: 'failed' | 'died') =>
      judged((tape) => {
        call(tape, () => undefined, result);
      })?.message;
    expect(calls('failed')).toContain('1 of 1 call failed');
    expect(calls('died')).toContain('crashed');
  });

  it('believes no success that the API did not give', () => {
    const refused = { accessToken: { ...secret('AT F#2'), family: 'F#2', generation: 0, newest: true, alive: false } };
    const claimed = judged((tape) => {
      call(tape, () => use(tape, 'F#2'));
      call(tape, () => tape.resource(refused, { response: { status: 401 } }));
    });
    expect(claimed).toMatchObject({ verdict: 'fail', message: expect.stringContaining('1 of 2 calls') as string });
    expect(
      judged((tape) => {
        call(tape, () => undefined);
      }),
    ).toMatchObject({ verdict: 'inconclusive' });
  });

  it('says that a failed refresh was kept where the new session died and nothing was refreshed', () => {
    const dead = (tape: Tape): void => {
      call(tape, () => use(tape, 'F#2'));
      call(
        tape,
        () =>
          tape.resource(
            { accessToken: { ...secret('AT F#2'), family: 'F#2', generation: 0, newest: true, alive: false } },
            { response: { status: 401 } },
          ),
        'failed',
      );
    };
    expect(judged(dead)).toMatchObject({ verdict: 'fail', diagnosis: expect.stringContaining('RACE-15') as string });
    const tried = judged((tape) => {
      call(tape, () => refresh(tape, 'F#2'), 'failed');
    });
    expect(tried).toMatchObject({ verdict: 'fail' });
    expect(tried?.diagnosis).toBeUndefined();
  });

  it('takes the family of the newest login that gave one', () => {
    const retried = (tape: Tape): void => {
      tape.token({}, { response: { status: 400 } });
      tape.token({}, { response: null });
      call(tape, () => use(tape, 'F#2'));
    };
    expect(judged(retried)?.verdict).toBe('pass');
    const again = (tape: Tape): void => {
      tape.login({ exchange: { response: { issued: { family: 'F#3' } } } });
      call(tape, () => use(tape, 'F#2'));
    };
    expect(judged(again)?.verdict).toBe('fail');
  });

  it('looks at the login, whatever was asked before it', () => {
    const tape = createTape('rejected');
    tape.phase('recovery');
    tape.action('status')({ result: 'failed' });
    tape.login({ exchange: { response: { issued: { family: 'F#2' } } } });
    call(tape, () => use(tape, 'F#2'));
    expect(check.judge(tape.history(), runFacts())?.verdict).toBe('pass');
  });

  it('has nothing against an API request without a token, but against a refresh without one', () => {
    const bare = (tape: Tape): void => {
      call(tape, () => {
        tape.resource();
        use(tape, 'F#2');
      });
    };
    expect(judged(bare)?.verdict).toBe('pass');
    const none = (tape: Tape): void => {
      call(tape, () => tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken: null }));
    };
    expect(judged(none)?.message).toContain('no refresh token');
  });

  it('fails a call that is not answered in time, with what it sends', () => {
    let ended = 0;
    const hangs = (old: boolean) => (tape: Tape) => {
      const end = tape.action('call');
      use(tape, old ? 'F#1' : 'F#2');
      ended = end({ result: 'timed-out' });
    };
    expect(judged(hangs(false))).toMatchObject({ verdict: 'fail', evidence: [ended] });
    expect(judged(hangs(true))?.message).toContain('access token of the old one');
  });

  it('rests on the login that failed, and on the request that carried the old token', () => {
    const failed = judged(() => undefined, 'failed');
    expect(failed?.evidence).toHaveLength(1);
    let sent = 0;
    const old = judged((tape) => {
      call(tape, () => (sent = use(tape, 'F#1')));
    });
    expect(old?.evidence).toEqual([sent]);
  });

  /** One API request with the old token that begins `by` ms from a moment of the first call, or of the second. */
  const around = (kind: 'access' | 'refresh', moment: (times: readonly number[]) => number, by: number) =>
    judged((tape) => {
      const times: number[] = [];
      const now = (): void => void times.push(tape.history().events.at(-1)?.t ?? 0);
      now();
      tape.wait(100);
      for (let n = 0; n < 2; n += 1) {
        const end = tape.action('call');
        now();
        use(tape, 'F#2');
        end();
        now();
        tape.wait(100);
      }
      const accessToken = { ...secret('AT F#1'), family: 'F#1', generation: 0, newest: true, alive: true };
      const request = { begunAt: moment(times) + by };
      if (kind === 'access') tape.resource({ accessToken }, { request });
      else {
        const refreshToken = { ...secret('RT F#1'), family: 'F#1', generation: 0, head: true };
        tape.token({ grantType: 'refresh_token', code: null, verifier: null, refreshToken }, { request });
      }
    })?.verdict;

  it.each<[string, number, number, string]>([
    ['before the first call', 1, -1, 'pass'],
    ['as the first call begins', 1, 0, 'fail'],
    ['as the first call ends', 2, 0, 'fail'],
    ['after the first call', 2, 1, 'fail'],
    ['in the second call', 3, 0, 'fail'],
  ])('an old token that is sent %s', (_, moment, by, verdict) => {
    for (const kind of ['access', 'refresh'] as const) {
      expect(around(kind, (times) => times[moment] ?? 0, by)).toBe(verdict);
    }
  });

  it('counts from the first call that was asked for when the login was done, not from one that was under way', () => {
    const tape = createTape('rejected');
    tape.phase('recovery');
    const early = tape.action('call');
    const end = tape.action('authorize');
    tape.authorize();
    tape.token({}, { response: { issued: { family: 'F#2' } } });
    end();
    use(tape, 'F#1');
    early();
    use(tape, 'F#1');
    tape.wait(-10);
    expect(check.judge(tape.history(), runFacts())?.verdict).toBe('pass');
    call(tape, () => use(tape, 'F#2'));
    expect(check.judge(tape.history(), runFacts())?.verdict).toBe('pass');
    call(tape, () => use(tape, 'F#1'));
    expect(check.judge(tape.history(), runFacts())?.verdict).toBe('fail');
  });

  it('counts a call that is asked for in the moment in which the login is done', () => {
    const atOnce = (tape: Tape): void => {
      tape.wait(-10);
      call(tape, () => use(tape, 'F#1'));
    };
    expect(judged(atOnce)?.verdict).toBe('fail');
  });

  it('is not exercised without a call after it, or without a new login', () => {
    expect(judged(() => undefined)).toBeUndefined();
    expect(check.judge(createTape('rejected').history(), runFacts())).toBeUndefined();
  });
});
