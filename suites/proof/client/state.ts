import { randomBytes } from 'node:crypto';

/** 192 random bits; ties the callback to the login that began it (RFC 6749 §10.12). */
export function state(): string {
  return randomBytes(24).toString('base64url');
}
