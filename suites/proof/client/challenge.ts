import { createHash } from 'node:crypto';

/** The PKCE parameters of the authorization request: S256 (RFC 7636 §4.2, §4.3). */
export function challenge(verifier: string): Readonly<Record<string, string>> {
  return {
    code_challenge: createHash('sha256').update(verifier, 'ascii').digest('base64url'),
    code_challenge_method: 'S256',
  };
}
