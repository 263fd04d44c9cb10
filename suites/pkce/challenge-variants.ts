/** Describes how a challenge that does not match its verifier was computed. */
import type { ChallengeVariant } from '../../src/history/facts.ts';

/** One sentence for each variant: why the challenge does not match. */
export const challengeVariants: Readonly<Record<ChallengeVariant, string>> = {
  'padding-kept': 'The padding "=" of base64 was kept in the challenge.',
  'standard-base64': 'The digest was encoded with standard base64 instead of base64url.',
  'standard-base64-unpadded': 'The digest was encoded with standard base64 ("+", "/") instead of base64url.',
  'hex-digest': 'The challenge is the digest in hexadecimal digits instead of base64url.',
  'hex-digest-upper': 'The challenge is the digest in upper-case hexadecimal digits instead of base64url.',
  'base64url-of-hex-digest': 'The hexadecimal text of the digest was encoded, not its 32 bytes.',
  'base64-of-hex-digest': 'The hexadecimal text of the digest was encoded with standard base64, not its 32 bytes.',
  'hash-of-hash': 'The verifier was hashed twice.',
  plain: 'The challenge is the verifier itself: `plain`, whatever the method says.',
  'verifier-is-challenge': 'The token request carries the challenge (the hash) instead of the original verifier.',
  'verifier-of-another-login': 'The verifier belongs to another login of this client.',
  sha1: 'The verifier was hashed with SHA-1 instead of SHA-256.',
  sha512: 'The verifier was hashed with SHA-512 instead of SHA-256.',
  md5: 'The verifier was hashed with MD5 instead of SHA-256.',
  'hash-of-decoded-verifier': 'The bytes behind the verifier were hashed, not its characters.',
  'line-break-hashed': 'A line break was hashed with the verifier: `echo` adds one, `printf %s` does not.',
  'padding-hashed': 'The verifier was hashed with the padding "=" of its base64, and sent without it.',
  'quotes-hashed': 'The verifier was hashed with quotation marks around it, as JSON writes it.',
  'utf16-encoded': 'The verifier was hashed as UTF-16 instead of ASCII.',
  truncated: 'The challenge is truncated.',
  'lower-case': 'The challenge was changed to lower case.',
  'upper-case': 'The challenge was changed to upper case.',
  unknown: 'The challenge was not derived from this verifier.',
};
