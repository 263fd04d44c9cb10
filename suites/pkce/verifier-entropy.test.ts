import { describe, expect, it } from 'vitest';
import type { VerifierFacts } from '../../src/history/facts.ts';
import { createTape, verifierOf } from '../../test-kit/tape.ts';
import { runFacts } from '../../test-kit/run-facts.ts';
import check from './verifier-entropy.check.ts';

/** What is said of a login with such a verifier, after one with an ordinary one, or with `before`. */
function judged(
  facts: Partial<VerifierFacts>,
  before: Partial<VerifierFacts> = {},
): { readonly verdict?: string; readonly message?: string } {
  const tape = createTape('logins');
  const first = tape.authorize();
  tape.callback();
  tape.token({ verifier: verifierOf(first, before) });
  const login = tape.authorize();
  tape.callback();
  tape.token({ verifier: verifierOf(login, facts) });
  return check.judge(tape.history(), runFacts()) ?? {};
}

describe('PKCE-10', () => {
  it('passes what a secure random source gives, and says how much of it there was', () => {
    expect(judged({ length: 43, entropyBits: 205.9 })).toMatchObject({
      verdict: 'pass',
      message: expect.stringContaining('Each of 2 code_verifiers had at least 205 bits') as string,
    });
  });

  it.each([
    ['a counter', { counterLike: true }, 'with a number increased'],
    ['eight different characters', { alphabet: 8 }, 'consists of 8 different characters'],
    ['a clock and little else', { timeLike: true, length: 43, entropyBits: 140 }, 'derived from the clock'],
    ['a long common prefix', { commonPrefix: 30, length: 43, entropyBits: 200 }, '30 of its 43 characters'],
    [
      'prefix and suffix together',
      { commonPrefix: 15, commonSuffix: 15, length: 43, entropyBits: 200 },
      '30 of its 43',
    ],
    [
      'eight characters in common, and little beside them',
      { commonPrefix: 8, length: 43, entropyBits: 120 },
      '8 of its 43',
    ],
    ['under 100 bits', { entropyBits: 99.9 }, 'it has about 100 bits'],
    ['few bits for its length, though short', { length: 20, entropyBits: 40 }, 'it has about 40 bits'],
  ] as const)('fails %s', (_, facts, reason) => {
    const { verdict, message } = judged(facts);
    expect([verdict, message?.includes(reason)]).toEqual(['fail', true]);
  });

  it.each([
    ['nine different characters', { alphabet: 9 }],
    ['a clock with enough beside it', { timeLike: true, length: 43, entropyBits: 200 }],
    ['100 bits of a clock beside it', { timeLike: true, length: 43, entropyBits: (100 * 43) / 30 + 40 }],
    ['just 100 bits beside a clock', { timeLike: true, length: 33, entropyBits: 165 }],
    ['just 100 bits beside a prefix', { commonPrefix: 13, length: 33, entropyBits: 165 }],
    ['seven characters in common by chance', { commonPrefix: 7, length: 128, entropyBits: 190 }],
    ['a verifier that is used again: PKCE-09', { commonPrefix: 43, length: 43, entropyBits: 200, seenBefore: 3 }],
    ['a prefix with enough behind it', { commonPrefix: 20, length: 128, entropyBits: 600 }],
    ['a short one whose characters are random: PKCE-05', { length: 20, entropyBits: 90 }],
  ] as const)('does not fail %s', (_, facts) => {
    expect(judged(facts).verdict).toBe('pass');
  });

  it('warns of a single UUID and below 180 bits, from 43 characters on', () => {
    expect(judged({ uuid: true, length: 36, entropyBits: 130 })).toMatchObject({
      verdict: 'warn',
      message: expect.stringContaining('UUID') as string,
    });
    const weak = { length: 43, entropyBits: 179.6 };
    expect(judged(weak, weak)).toMatchObject({
      verdict: 'warn',
      message: expect.stringContaining('about 180 bits') as string,
    });
    expect(judged({ length: 43, entropyBits: 180 }, weak).verdict).toBe('pass');
    expect(judged({ length: 42, entropyBits: 170 }).verdict).toBe('pass');
  });

  it('does not warn by luck: 24 random bytes in hexadecimal digits are 192 bits, whatever one of them is estimated at', () => {
    expect(judged({ length: 48, entropyBits: 172 }, { length: 48, entropyBits: 184 }).verdict).toBe('pass');
    expect(judged({ length: 48, entropyBits: 150 }, { length: 48, entropyBits: 184 }).verdict).toBe('pass');
    expect(judged({ length: 48, entropyBits: 149.9 }, { length: 48, entropyBits: 184 }).verdict).toBe('warn');
    expect(judged({ length: 44, entropyBits: 176 }, { length: 44, entropyBits: 170 }).verdict).toBe('warn');
    // A short one is PKCE-05's, and no measure for the others.
    expect(judged({ length: 43, entropyBits: 170 }, { length: 42, entropyBits: 190 })).toMatchObject({
      verdict: 'warn',
      evidence: [10],
    });
    expect(judged({ length: 43, entropyBits: 100 }).verdict).toBe('warn');
  });

  it('is not exercised by a login without a verifier', () => {
    const tape = createTape('logins');
    tape.login({ token: { verifier: null } });
    expect(check.judge(tape.history(), runFacts())).toBeUndefined();
  });
});
