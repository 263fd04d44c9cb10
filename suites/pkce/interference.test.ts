import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import { createTape, verifierOf, type Tape } from '../history.test-support.ts';
import { runFacts } from '../run.test-support.ts';
import noDowngrade from './no-downgrade.check.ts';
import parallelPairing from './parallel-pairing.check.ts';

describe('PKCE-13', () => {
  const judge = (write: (tape: Tape) => void): Finding | undefined => {
    const tape = createTape('errors');
    tape.login();
    tape.phase('challenge-missing');
    const end = tape.verb('authorize');
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
    ['no challenge', { challenge: null, method: null }],
    ['plain', { method: 'plain' }],
    ['no method', { method: null }],
  ])('%s afterwards fails, also when an honest login shows it first', (_, authorization) => {
    expect(judge((tape) => tape.login({ authorization }))?.verdict).toBe('fail');
  });

  test('a client that never sent S256 was not put to the test', () => {
    const tape = createTape('errors');
    tape.phase('challenge-missing');
    const end = tape.verb('authorize');
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

  test('a client whose single logins do not match either is PKCE-07’s', () => {
    const tape = createTape('parallel-logins');
    tape.login({ token: { verifier: verifierOf(0, { matches: [] }) } });
    tape.phase('parallel');
    redeem(tape, tape.authorize(), []);
    expect(parallelPairing.judge(tape.history(), runFacts())).toMatchObject({
      verdict: 'inconclusive',
      blockedBy: 'PKCE-07',
    });
  });

  test('a client with one verifier for all has not mixed them up', () => {
    expect(judge((tape, first, second) => redeem(tape, first, [first, second]))?.verdict).toBe('pass');
  });

  test('no code, or no verifier, puts nothing to the test', () => {
    expect(judge(() => undefined)).toBeUndefined();
    expect(judge((tape) => tape.token({ verifier: null }))).toBeUndefined();
  });
});
