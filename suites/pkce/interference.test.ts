import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import { createTape, verifierOf, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import noDowngrade from './no-downgrade.check.ts';
import parallelPairing from './parallel-pairing.check.ts';

describe('PKCE-13', () => {
  const judge = (write: (tape: Tape) => void): Finding | undefined => {
    const tape = createTape('errors');
    tape.login();
    tape.phase('challenge-missing');
    const end = tape.action('authorize');
    tape.authorize();
    tape.callback({ error: 'invalid_request' });
    end({ result: 'failed' });
    write(tape);
    return noDowngrade.judge(tape.history(), runFacts());
  };

  test('S256 as before passes', () => {
    expect(judge((tape) => tape.login())?.verdict).toBe('pass');
    expect(judge(() => undefined)?.verdict).toBe('pass');
  });

  test.each([
    ['no challenge', { challenge: null, method: null }, 'without a code_challenge'],
    ['a method for no challenge', { challenge: null }, 'without a code_challenge'],
    ['plain', { method: 'plain' }, 'code_challenge_method plain'],
    ['no method', { method: null }, 'code_challenge_method absent'],
  ])('%s afterwards fails, also when an honest login shows it first', (_, authorization, message) => {
    expect(judge((tape) => tape.login({ authorization }))).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining(message) as string,
      evidence: [16, 11],
    });
  });

  test('a login without PKCE before the error says nothing of what comes after it', () => {
    const tape = createTape('errors');
    tape.login({ authorization: { challenge: null } });
    tape.phase('method-refused');
    const end = tape.action('authorize');
    tape.authorize();
    tape.callback({ error: 'invalid_request' });
    end({ result: 'failed' });
    tape.login();
    expect(noDowngrade.judge(tape.history(), runFacts())).toMatchObject({ verdict: 'pass', evidence: [11, 16] });
  });

  test('a login that met no error, or no authorization request, was not exercised', () => {
    const after = (write: (tape: Tape) => void): Finding | undefined => {
      const tape = createTape('errors');
      tape.phase('challenge-missing');
      const end = tape.action('authorize');
      write(tape);
      end();
      tape.login({ authorization: { challenge: null } });
      return noDowngrade.judge(tape.history(), runFacts());
    };
    expect(after((tape) => [tape.authorize(), tape.callback()])).toBeUndefined();
    expect(after((tape) => tape.callback({ error: 'invalid_request' }))).toBeUndefined();
  });

  test('a client that never sent S256 was not exercised', () => {
    const tape = createTape('errors');
    tape.phase('challenge-missing');
    const end = tape.action('authorize');
    tape.authorize({ challenge: null, method: null });
    tape.callback({ error: 'invalid_request' });
    end({ result: 'failed' });
    expect(noDowngrade.judge(tape.history(), runFacts())).toBeUndefined();
  });
});

describe('PKCE-14', () => {
  /** Two logins at once; the second comes back first. */
  const judge = (write: (tape: Tape, first: number, second: number) => void): Finding | undefined => {
    const tape = createTape('parallel-logins');
    tape.login();
    tape.phase('parallel');
    const first = tape.authorize();
    const second = tape.authorize();
    write(tape, first, second);
    return parallelPairing.judge(tape.history(), runFacts());
  };
  const redeem = (tape: Tape, login: number, matches: readonly number[]): number =>
    tape.token({
      code: { label: `CODE#${String(login)}`, fingerprint: '0', length: 10, login, uses: 1 },
      verifier: verifierOf(login, { matches }),
    });

  test('both with their own pass, and so does one of them', () => {
    expect(
      judge((tape, first, second) => {
        redeem(tape, second, [second]);
        redeem(tape, first, [first]);
      })?.verdict,
    ).toBe('pass');
    expect(judge((tape, _, second) => redeem(tape, second, [second]))?.verdict).toBe('pass');
  });

  test('the verifier of the other fails, and one of neither too', () => {
    expect(
      judge((tape, first, second) => {
        redeem(tape, second, [second]);
        redeem(tape, first, [second]);
      })?.message,
    ).toContain('of the other');
    expect(judge((tape, first) => redeem(tape, first, []))?.message).toContain('neither');
  });

  /** A single login, if any, whose verifier matches such logins; then two at once, the first redeemed with a verifier that is not its own. */
  const mixedUp = (single: readonly number[] | undefined, matchesOther: boolean): Finding | undefined => {
    const tape = createTape('parallel-logins');
    if (single !== undefined) tape.login({ token: { verifier: verifierOf(0, { matches: single }) } });
    tape.phase('parallel');
    const first = tape.authorize();
    const second = tape.authorize();
    redeem(tape, first, matchesOther ? [second] : []);
    return parallelPairing.judge(tape.history(), runFacts());
  };

  test('a client whose single logins do not match either is PKCE-07’s', () => {
    const blocked = { verdict: 'inconclusive', broken: ['verifier-matches'], evidence: [6] };
    expect(mixedUp([], false)).toMatchObject(blocked);
    expect(mixedUp([99], false)).toMatchObject(blocked);
  });

  test('a verifier of the other login is mixed up, whatever single logins do', () => {
    expect(mixedUp([], true)).toMatchObject({
      verdict: 'fail',
      diagnosis: expect.stringContaining('a single verifier') as string,
      evidence: [14, 10, 12],
    });
  });

  test('a verifier of neither fails too when single logins match, or when there was none', () => {
    const diagnosis = expect.stringContaining('not derived from this verifier') as string;
    expect(mixedUp([3], false)).toMatchObject({ verdict: 'fail', diagnosis, evidence: [14, 10] });
    expect(mixedUp(undefined, false)).toMatchObject({ verdict: 'fail', diagnosis, evidence: [7, 3] });
  });

  test('names what a verifier of neither login is', () => {
    const tape = createTape('parallel-logins');
    tape.phase('parallel');
    const login = tape.authorize();
    tape.token({ verifier: verifierOf(login, { matches: [], variant: 'sha1' }) });
    expect(parallelPairing.judge(tape.history(), runFacts())?.diagnosis).toContain('SHA-1');
  });

  test('a client with one verifier for all has not mixed them up', () => {
    expect(judge((tape, first, second) => redeem(tape, first, [first, second]))?.verdict).toBe('pass');
  });

  test('no code, or no verifier, puts nothing to the test', () => {
    expect(judge(() => undefined)).toBeUndefined();
    expect(judge((tape) => tape.token({ verifier: null }))).toBeUndefined();
  });
});
