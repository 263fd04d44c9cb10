import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/grade/check.ts';
import type { TokenFacts, VerifierFacts } from '../../src/history/facts.ts';
import { createTape, secret, verifierOf, type Tape } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import charset from './verifier-charset.check.ts';
import entropy from './verifier-entropy.check.ts';
import fresh from './verifier-fresh.check.ts';
import hidden from './verifier-hidden.check.ts';
import lengths from './verifier-length.check.ts';
import matches from './verifier-matches.check.ts';
import notHash from './verifier-not-hash.check.ts';
import sent from './verifier-sent.check.ts';
import tilde from './verifier-tilde.check.ts';

const judge = (check: typeof sent, write: (tape: Tape) => void): Finding | undefined => {
  const tape = createTape('logins');
  write(tape);
  return check.judge(tape.history(), runFacts());
};

/** A login whose verifier is such, after an ordinary one. The authorization requests are events 2 and 6, the token requests 4 and 8. */
const after = (facts: Partial<VerifierFacts>) => (tape: Tape) => {
  for (const about of [{}, facts]) {
    const login = tape.authorize();
    tape.token({ verifier: verifierOf(login, about) });
  }
};
/** A token request whose verifier is such, for a code that the mock never issued. */
const foreign = (tape: Tape, facts: Partial<VerifierFacts> = {}): number =>
  tape.token({ code: { ...secret('CODE#X'), login: null, uses: 1 }, verifier: verifierOf(0, facts) });

const onVerifiers = [charset, entropy, hidden, lengths, tilde];
const onPairs = [matches, notHash];

test.each([sent, fresh, ...onVerifiers, ...onPairs])(
  '$id says nothing of a login that came to no token request',
  (check) => {
    expect(judge(check, (tape) => tape.authorize())).toBeUndefined();
  },
);

test.each([...onVerifiers, ...onPairs])('$id says nothing of a verifier that is absent or empty: PKCE-04', (check) => {
  expect(judge(check, (tape) => tape.login({ token: { verifier: null } }))).toBeUndefined();
  const empty = { ...secret('VERIFIER#2', 0), unreserved: false, tilde: true, equalsChallenge: true, matches: [] };
  expect(judge(check, (tape) => tape.login({ token: { verifier: verifierOf(2, empty) } }))).toBeUndefined();
});

test.each([sent, ...onVerifiers])('$id rests on every token request that passes', (check) => {
  expect(judge(check, after({}))).toMatchObject({ verdict: 'pass', evidence: [4, 8] });
});

test.each(onVerifiers)('$id judges a verifier whatever code it came with, and without any', (check) => {
  expect(judge(check, foreign)?.verdict).toBe('pass');
  expect(judge(check, (tape) => tape.token({ code: null, verifier: verifierOf(0) }))?.verdict).toBe('pass');
});

describe('PKCE-04', () => {
  test.each<[string, Partial<TokenFacts>]>([
    ['no verifier', { verifier: null }],
    ['an empty one', { verifier: verifierOf(6, { length: 0 }) }],
  ])('%s fails', (_, facts) => {
    expect(
      judge(sent, (tape) => {
        after({})(tape);
        tape.token(facts);
      }),
    ).toMatchObject({ verdict: 'fail', evidence: [10] });
  });
});

describe('PKCE-05', () => {
  test.each([
    [42, 'fail'],
    [43, 'pass'],
    [128, 'pass'],
    [129, 'fail'],
  ])('%i characters: %s', (length, verdict) => {
    const found = judge(lengths, after({ length }));
    expect(found?.verdict).toBe(verdict);
    if (verdict === 'fail') expect(found?.evidence).toEqual([8]);
    expect(found?.diagnosis !== undefined).toBe(length > 128);
  });

  test('the message names their length', () => {
    expect(judge(lengths, after({}))?.message).toContain('had 43 characters');
    expect(judge(lengths, after({ length: 60 }))?.message).toContain('had 43 to 60 characters');
  });
});

test.each(['+', '/', '='])('PKCE-06: "%s" looks like standard base64', (illegal) => {
  expect(judge(charset, after({ unreserved: false, illegal }))).toMatchObject({
    verdict: 'fail',
    diagnosis: expect.stringContaining('standard base64') as string,
    evidence: [8],
  });
});

test('PKCE-06: other characters do not', () => {
  const found = judge(charset, after({ unreserved: false, illegal: '*' }));
  expect(found?.verdict).toBe('fail');
  expect(found).not.toHaveProperty('diagnosis');
});

describe('PKCE-07', () => {
  test('the verifier of another login fails, with what the difference is', () => {
    expect(judge(matches, after({ matches: [2], variant: 'verifier-of-another-login' }))).toMatchObject({
      verdict: 'fail',
      diagnosis: expect.stringContaining('another login') as string,
      evidence: [8, 6],
    });
    expect(judge(matches, after({ matches: [] }))?.diagnosis).toContain('not derived from this verifier');
  });

  test('one that matches a second login too passes', () => {
    expect(judge(matches, after({ matches: [2, 6] }))).toMatchObject({ verdict: 'pass', evidence: [4, 2, 8, 6] });
  });
});

describe('PKCE-08', () => {
  const hash = { equalsChallenge: true };

  test('the challenge itself fails; the original passes', () => {
    expect(judge(notHash, after(hash))).toMatchObject({ verdict: 'fail', evidence: [8, 6] });
    expect(judge(notHash, after({}))).toMatchObject({ verdict: 'pass', evidence: [4, 8] });
  });

  /** Logins whose verifier is their challenge, with these methods. */
  const same =
    (...methods: readonly string[]) =>
    (tape: Tape) => {
      for (const method of methods) tape.token({ verifier: verifierOf(tape.authorize({ method }), hash) });
    };

  test('with the method "plain" it is so by definition; but no other login’s method excuses it', () => {
    expect(judge(notHash, same('plain'))).toMatchObject({
      verdict: 'inconclusive',
      broken: ['s256-used'],
      evidence: [2],
    });
    expect(judge(notHash, same('plain', 'S256'))).toMatchObject({ verdict: 'fail', evidence: [8, 6] });
  });
});

test.each(onPairs)('$id says nothing of a code that was never issued, nor of a login without a challenge', (check) => {
  const wrong = { matches: [], equalsChallenge: true };
  const unpaired = (tape: Tape): void => {
    const login = tape.authorize({ challenge: null });
    tape.token({ verifier: verifierOf(login, wrong) });
    foreign(tape, wrong);
    tape.token({ code: null, verifier: verifierOf(login, wrong) });
  };
  expect(judge(check, unpaired)).toBeUndefined();
});

describe('PKCE-09', () => {
  const logins = (count: number) => (tape: Tape) => {
    for (let n = 0; n < count; n += 1) tape.login();
  };

  test('five logins with challenges of their own pass, four say nothing', () => {
    expect(judge(fresh, logins(5))).toMatchObject({
      verdict: 'pass',
      message: expect.stringContaining('challenges') as string,
      evidence: [3, 10, 17, 24, 31],
    });
    expect(judge(fresh, logins(4))).toBeUndefined();
  });

  test('where there is no challenge the verifiers are counted', () => {
    const without = (tape: Tape): void => {
      for (let n = 0; n < 5; n += 1) tape.login({ authorization: { challenge: null } });
    };
    expect(judge(fresh, without)).toMatchObject({
      verdict: 'pass',
      message: expect.stringContaining('verifiers') as string,
      evidence: [6, 13, 20, 27, 34],
    });
  });

  test('a challenge that comes twice fails, also when no code was redeemed', () => {
    const twice = (tape: Tape): void => {
      tape.authorize();
      const challenge = {
        ...secret('CHALLENGE#S'),
        wellFormed: true,
        padded: false,
        standardBase64: false,
        hex: false,
      };
      for (let n = 0; n < 2; n += 1) tape.authorize({ challenge: { ...challenge, occurrences: 1 } });
    };
    expect(judge(fresh, twice)).toMatchObject({ verdict: 'fail', evidence: [4, 6] });
  });

  test('a verifier that comes twice fails; one code that is sent twice does not', () => {
    const token = (tape: Tape, code: string): number =>
      tape.token({ code: { ...secret(code), login: null, uses: 1 }, verifier: verifierOf(1) });
    expect(judge(fresh, (tape) => [token(tape, 'CODE#1'), token(tape, 'CODE#2')])).toMatchObject({
      verdict: 'fail',
      evidence: [2, 4],
    });
    expect(judge(fresh, (tape) => [token(tape, 'CODE#1'), token(tape, 'CODE#1')])).toBeUndefined();
    const without = { code: null, verifier: verifierOf(1) };
    expect(judge(fresh, (tape) => [tape.token(without), tape.token(without)])).toBeUndefined();
  });
});

describe('PKCE-11', () => {
  test('a verifier that was in the authorization request fails, and the message says where', () => {
    expect(judge(hidden, after({ exposedIn: ['code_challenge', 'state (base64)'] }))).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('in state (base64);') as string,
      evidence: [8, 6],
    });
    expect(judge(hidden, (tape) => foreign(tape, { exposedIn: ['nonce'] }))).toMatchObject({
      verdict: 'fail',
      evidence: [2],
    });
  });

  test('in its own challenge it is PKCE-08’s', () => {
    expect(judge(hidden, after({ exposedIn: ['code_challenge', 'code_challenge (base64)'] }))?.verdict).toBe('pass');
  });
});

test('PKCE-12: one "~" is enough for a note', () => {
  expect(judge(tilde, after({ tilde: true }))).toMatchObject({ verdict: 'warn', evidence: [8] });
});
