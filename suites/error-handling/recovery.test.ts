import { describe, expect, it } from 'vitest';
import { createTape, secret, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
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
  const end = tape.verb('call');
  within();
  end({ result });
}

/** After a new login, whose family is F#2, the client does what `write` says. */
function judged(
  write: (tape: Tape) => void,
  result: 'ok' | 'failed' = 'ok',
): { readonly verdict?: string; readonly message?: string } | undefined {
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
    expect(calls('failed')).toContain('1 of 1 calls failed');
    expect(calls('died')).toContain('died');
  });

  it('is not put to the test without a call after it, or without a new login', () => {
    expect(judged(() => undefined)).toBeUndefined();
    expect(check.judge(createTape('rejected').history(), runFacts())).toBeUndefined();
  });
});
