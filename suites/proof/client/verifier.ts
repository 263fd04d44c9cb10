import { randomBytes } from 'node:crypto';

/** 256 random bits, base64url: 43 characters (RFC 7636 §4.1, §7.1). A fresh one for each login. */
export function verifier(): string {
  return randomBytes(32).toString('base64url');
}
