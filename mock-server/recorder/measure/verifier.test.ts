import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { noise } from '../../../test-kit/noise.ts';
import { s256 } from './challenge-variant.ts';
import { counterLike, measureVerifier, timeLike, type VerifierContext } from './verifier.ts';
import type { Login } from '../correlation.ts';

const V = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const NOW = Date.parse('2026-05-11T10:20:30Z');
const context: VerifierContext = {
  secret: { label: 'VERIFIER#1', fingerprint: '00000000', length: V.length },
  login: null,
  code: 'code 1',
  matches: [],
  logins: [],
  earlier: [],
  otherChallenges: () => [],
  nowMs: NOW,
};
const login = (challenge: string | null, parameters: Login['parameters'] = []): Login => {
  return { seq: 7, challenge, method: 'S256', redirectUri: null, parameters };
};
const seen = (verifier: string, code = 'code 0') => ({ verifier, seq: 3, code });

describe('shape', () => {
  test('of a good verifier', () => {
    const facts = measureVerifier(V, { ...context, login: login(s256(V)), matches: [7] });
    expect(facts).toMatchObject({
      label: 'VERIFIER#1',
      length: 43,
      unreserved: true,
      illegal: '',
      tilde: false,
      uuid: false,
    });
    expect(facts).toMatchObject({
      matches: [7],
      equalsChallenge: false,
      exposedIn: [],
      commonPrefix: 0,
      commonSuffix: 0,
    });
    expect(facts).toMatchObject({ timeLike: false, counterLike: false, alphabet: new Set(V).size });
    expect(facts.entropyBits).toBeGreaterThan(180);
    expect(facts).not.toHaveProperty('variant');
    expect(facts).not.toHaveProperty('seenBefore');
  });
  test('characters outside the unreserved set, each once, at most eight', () => {
    expect(measureVerifier('a+b/+c==', context)).toMatchObject({ unreserved: false, illegal: '+/=' });
    expect(measureVerifier('!"#$%&()*,:;<', context).illegal).toBe('!"#$%&()');
    expect(measureVerifier('a~b.c_d-e', context)).toMatchObject({ unreserved: true, tilde: true });
    expect(measureVerifier('', context)).toMatchObject({ unreserved: false, entropyBits: 0, alphabet: 0 });
  });
  test('entropy is length times entropy per character', () => {
    expect(measureVerifier('a'.repeat(43), context).entropyBits).toBe(0);
    expect(measureVerifier('abcd'.repeat(16), context)).toMatchObject({ entropyBits: 128, alphabet: 4 });
  });
  test('one UUID', () => {
    expect(measureVerifier(randomUUID(), context).uuid).toBe(true);
    expect(measureVerifier(randomUUID().replaceAll('-', ''), context).uuid).toBe(true);
    expect(measureVerifier(randomUUID() + randomUUID(), context).uuid).toBe(false);
  });
});

describe('time', () => {
  test.each([
    ['seconds', `verifier-${String(NOW / 1000)}-xxxxxxxxxxxxxxxxxxxxxx`],
    ['milliseconds', `${String(NOW + 4_321)}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`],
    ['hexadecimal seconds at the edge', `${(NOW / 1000).toString(16)}${'z'.repeat(40)}`],
    ['hexadecimal milliseconds', `zzzz${NOW.toString(16)}${'z'.repeat(40)}`],
    ['repeated milliseconds', String(NOW).repeat(4)],
  ])('in %s', (_, verifier) => {
    expect(timeLike(verifier, NOW)).toBe(true);
  });
  test.each([3_600_000, -86_400_000])('the clock was set by %d ms since it was made', (byMs) => {
    const verifier = `v-${String(NOW)}-${'x'.repeat(30)}`;
    const later = { ...context, nowMs: NOW + byMs };
    expect(measureVerifier(verifier, { ...later, steadyMs: NOW + 500 }).timeLike).toBe(true);
    expect(measureVerifier(verifier, { ...context, steadyMs: NOW - byMs }).timeLike).toBe(true);
    expect(measureVerifier(verifier, later).timeLike).toBe(false);
  });
  test('not the time of yesterday, and not random texts', () => {
    expect(timeLike(`v-${String(NOW / 1000 - 86_400)}`, NOW)).toBe(false);
    for (let n = 0; n < 2_000; n += 1)
      expect(timeLike(noise(String(n), 32).toString(n % 2 ? 'hex' : 'base64url'), NOW)).toBe(false);
  });
});

describe('counter', () => {
  test.each([
    ['verifier-000041-abc', 'verifier-000042-abc'],
    ['verifier-9-abc', 'verifier-10-abc'],
    ['verifier-199', 'verifier-200'],
    ['a1000', 'a2000'],
  ])('%s, %s', (earlier, later) => {
    expect(counterLike(earlier, later)).toBe(true);
  });
  test.each([
    ['verifier-42', 'verifier-41'],
    ['verifier-1', 'verifier-1002'],
    ['verifier-1-a', 'verifier-2-b'],
    ['same', 'same'],
  ])('not %s, %s', (earlier, later) => {
    expect(counterLike(earlier, later)).toBe(false);
  });
});

describe('against earlier verifiers', () => {
  test('longest common prefix and suffix, of different ones only', () => {
    const earlier = [seen('abcdef-999-xyz'), seen('abc-000-yz'), seen('abcdXX-xyz')];
    expect(measureVerifier('abcdXX-xyz', { ...context, earlier })).toMatchObject({ commonPrefix: 4, commonSuffix: 4 });
  });
  test('the same one for another code is seen before; for the same code it is a repetition', () => {
    expect(measureVerifier(V, { ...context, earlier: [seen(V)] }).seenBefore).toBe(3);
    expect(measureVerifier(V, { ...context, earlier: [seen(V, 'code 1')] })).not.toHaveProperty('seenBefore');
  });
});

describe('against its login', () => {
  test('says in which way the challenge is wrong', () => {
    expect(measureVerifier(V, { ...context, login: login(`${s256(V)}=`) }).variant).toBe('padding-kept');
    expect(measureVerifier(V, { ...context, login: login(V) })).toMatchObject({ equalsChallenge: true });
    expect(measureVerifier(V, { ...context, login: login(null) })).not.toHaveProperty('variant');
  });
  test('finds it in the parameters of its login, and of a login that it was made for', () => {
    expect(measureVerifier(V, { ...context, login: login(null, [['state', V]]) }).exposedIn).toEqual(['state']);
    expect(measureVerifier(V, { ...context, logins: [login(s256(V), [['nonce', V]])] }).exposedIn).toEqual(['nonce']);
  });
});
