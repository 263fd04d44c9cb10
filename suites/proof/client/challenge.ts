import { createHash, type BinaryToTextEncoding } from 'node:crypto';

/** The PKCE parameters of the authorization request: S256 (RFC 7636 §4.2, §4.3). Any other encoding than base64url is a mistake. */
export function challenge(
  verifier: string,
  encoding: BinaryToTextEncoding = 'base64url',
): Readonly<Record<string, string>> {
  return {
    code_challenge: createHash('sha256').update(verifier, 'ascii').digest(encoding),
    code_challenge_method: 'S256',
  };
}
