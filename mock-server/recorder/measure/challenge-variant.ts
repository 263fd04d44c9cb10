/** Determines how a challenge was derived from a verifier when it is not its S256 (RFC 7636 §4.2, §4.6). */
import { createHash } from 'node:crypto';
import type { ChallengeVariant } from '../../../src/history/facts.ts';

type Encoding = 'base64' | 'base64url' | 'hex';

const digest = (algorithm: string, data: string | Buffer, encoding: Encoding): string =>
  createHash(algorithm).update(data).digest(encoding);

/** Returns BASE64URL(SHA256(ASCII(verifier))). */
export const s256 = (verifier: string): string => digest('sha256', verifier, 'base64url');

const unpadded = (text: string): string => text.replace(/=+$/, '');

/** Compares bytes with a challenge in base64, base64url or hexadecimal. */
const anyBase64 = (challenge: string, hash: Buffer): boolean =>
  unpadded(challenge.replaceAll('+', '-').replaceAll('/', '_')) === hash.toString('base64url');

const hash = (algorithm: string, data: string | Buffer): Buffer => createHash(algorithm).update(data).digest();

/** Compares a hash by another function, or of other bytes. */
const from = (challenge: string, bytes: Buffer): boolean =>
  anyBase64(challenge, bytes) || challenge.toLowerCase() === bytes.toString('hex');

type Rule = readonly [ChallengeVariant, (verifier: string, challenge: string, method: string | null) => boolean];

/** Rules in order; the first that matches is the diagnosis. */
const RULES: readonly Rule[] = [
  ['padding-kept', (v, c) => c === `${s256(v)}=`],
  ['standard-base64', (v, c) => c === digest('sha256', v, 'base64')],
  ['standard-base64-unpadded', (v, c) => c === unpadded(digest('sha256', v, 'base64'))],
  ['hex-digest', (v, c) => c === digest('sha256', v, 'hex')],
  ['hex-digest-upper', (v, c) => c === digest('sha256', v, 'hex').toUpperCase()],
  ['base64url-of-hex-digest', (v, c) => c === Buffer.from(digest('sha256', v, 'hex')).toString('base64url')],
  ['base64-of-hex-digest', (v, c) => c === Buffer.from(digest('sha256', v, 'hex')).toString('base64')],
  [
    'hash-of-hash',
    (v, c) =>
      from(c, hash('sha256', hash('sha256', v))) ||
      from(c, hash('sha256', s256(v))) ||
      from(c, hash('sha256', digest('sha256', v, 'hex'))),
  ],
  // A value with the form of an S256 counts as one, unless the method is plain: the client sent the hash as its verifier.
  ['verifier-is-challenge', (v, c, method) => v === c && method !== 'plain' && /^[A-Za-z0-9_-]{43}$/.test(c)],
  ['plain', (v, c) => v === c],
  ['sha1', (v, c) => from(c, hash('sha1', v))],
  ['sha512', (v, c) => from(c, hash('sha512', v))],
  ['md5', (v, c) => from(c, hash('md5', v))],
  [
    'hash-of-decoded-verifier',
    (v, c) => (['base64', 'hex'] as const).some((encoding) => from(c, hash('sha256', Buffer.from(v, encoding)))),
  ],
  ['line-break-hashed', (v, c) => ['\n', '\r\n'].some((end) => from(c, hash('sha256', `${v}${end}`)))],
  ['padding-hashed', (v, c) => ['=', '=='].some((end) => from(c, hash('sha256', `${v}${end}`)))],
  ['quotes-hashed', (v, c) => from(c, hash('sha256', `"${v}"`))],
  ['utf16-encoded', (v, c) => [utf16(v), utf16(v).swap16()].some((bytes) => from(c, hash('sha256', bytes)))],
  ['truncated', (v, c) => c.length >= 8 && c.length < 43 && s256(v).startsWith(unpadded(c))],
  ['lower-case', (v, c) => c === s256(v).toLowerCase()],
  ['upper-case', (v, c) => c === s256(v).toUpperCase()],
];

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** Returns how a wrong challenge was derived from the verifier.
 * @param others returns the challenges of the other logins of the run
 * @param method `code_challenge_method` of the authorization request
 * @returns undefined when the challenge is the verifier's S256 */
export function challengeVariant(
  verifier: string,
  challenge: string,
  others: () => readonly string[] = () => [],
  method: string | null = null,
): ChallengeVariant | undefined {
  // An unescaped `+` in a query is decoded as a space.
  const given = challenge.replaceAll(' ', '+');
  const right = s256(verifier);
  if (challenge === right) return undefined;
  const rule = RULES.find(([, holds]) => holds(verifier, given, method));
  if (rule) return rule[0];
  return others().includes(right) ? 'verifier-of-another-login' : 'unknown';
}
