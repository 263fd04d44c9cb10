import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ChallengeVariant } from '../../../src/history/facts.ts';
import { challengeVariant, s256 } from './challenge-variant.ts';

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const hash = (data: string | Buffer, algorithm = 'sha256') => createHash(algorithm).update(data).digest();
const base64url = (data: string | Buffer) => Buffer.from(data).toString('base64url');
const hex = hash(VERIFIER).toString('hex');
// Its S256 has both `+` and `/` in standard base64.
const SLASHED =
  Array.from({ length: 5_000 }, (_, n) => `${VERIFIER}${String(n)}`).find((verifier) =>
    /\+.*\//.test(hash(verifier).toString('base64')),
  ) ?? '';

test('RFC 7636, Appendix B', () => {
  expect(s256(VERIFIER)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  expect(challengeVariant(VERIFIER, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')).toBeUndefined();
});

const CASES: readonly (readonly [ChallengeVariant, string, string])[] = [
  ['padding-kept', VERIFIER, `${s256(VERIFIER)}=`],
  ['standard-base64', SLASHED, hash(SLASHED).toString('base64')],
  ['standard-base64-unpadded', SLASHED, hash(SLASHED).toString('base64').replace('=', '')],
  ['standard-base64', SLASHED, hash(SLASHED).toString('base64').replaceAll('+', ' ')],
  ['hex-digest', VERIFIER, hex],
  ['hex-digest-upper', VERIFIER, hex.toUpperCase()],
  ['base64url-of-hex-digest', VERIFIER, base64url(hex)],
  ['base64-of-hex-digest', VERIFIER, Buffer.from(hex).toString('base64')],
  ['hash-of-hash', VERIFIER, base64url(hash(hash(VERIFIER)))],
  ['hash-of-hash', VERIFIER, base64url(hash(s256(VERIFIER)))],
  ['hash-of-hash', VERIFIER, base64url(hash(hex))],
  ['plain', `${VERIFIER}${VERIFIER}`, `${VERIFIER}${VERIFIER}`],
  ['verifier-is-challenge', s256(VERIFIER), s256(VERIFIER)],
  ['sha1', VERIFIER, base64url(hash(VERIFIER, 'sha1'))],
  ['sha512', VERIFIER, base64url(hash(VERIFIER, 'sha512'))],
  ['md5', VERIFIER, hash(VERIFIER, 'md5').toString('hex')],
  ['hash-of-decoded-verifier', VERIFIER, base64url(hash(Buffer.from(VERIFIER, 'base64url')))],
  ['line-break-hashed', VERIFIER, base64url(hash(`${VERIFIER}\n`))],
  ['line-break-hashed', VERIFIER, hash(`${VERIFIER}\r\n`).toString('base64')],
  ['padding-hashed', VERIFIER, base64url(hash(`${VERIFIER}=`))],
  ['padding-hashed', VERIFIER, base64url(hash(`${VERIFIER}==`))],
  ['quotes-hashed', VERIFIER, base64url(hash(JSON.stringify(VERIFIER)))],
  ['utf16-encoded', VERIFIER, base64url(hash(Buffer.from(VERIFIER, 'utf16le')))],
  ['utf16-encoded', VERIFIER, base64url(hash(Buffer.from(VERIFIER, 'utf16le').swap16()))],
  ['truncated', VERIFIER, s256(VERIFIER).slice(0, 32)],
  ['lower-case', VERIFIER, s256(VERIFIER).toLowerCase()],
  ['upper-case', VERIFIER, s256(VERIFIER).toUpperCase()],
  ['unknown', VERIFIER, base64url(randomBytes(32))],
  ['unknown', VERIFIER, ''],
];
test.each(CASES)('%s', (variant, verifier, challenge) => {
  expect(challengeVariant(verifier, challenge)).toBe(variant);
});

test('a verifier that equals a challenge in the shape of a hash is plain when the client says plain', () => {
  expect(challengeVariant(VERIFIER, VERIFIER, () => [], 'plain')).toBe('plain');
  expect(challengeVariant(VERIFIER, VERIFIER, () => [], 'S256')).toBe('verifier-is-challenge');
});

test('verifier-of-another-login', () => {
  const other = s256('another-verifier-another-verifier-another-verifier');
  expect(challengeVariant(VERIFIER, other, () => [s256(VERIFIER), other])).toBe('verifier-of-another-login');
  expect(challengeVariant(VERIFIER, other, () => [other])).toBe('unknown');
});
