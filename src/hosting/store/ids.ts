/** Generates ids and secrets of the service. */
import { hash, randomBytes } from 'node:crypto';

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Returns a new random id that is also a DNS label: `prefix` and 20 of 32 letters, 100 bits. */
export function newId(prefix: 'o' | 't' | 'a' | 'r' | 's' | 'i' | 'w' | 'u'): string {
  return `${prefix}${[...randomBytes(20)].map((byte) => LETTERS[byte % 32] ?? '').join('')}`;
}

/** Returns a new secret of 256 bits, in base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Returns the stored form of a secret. It is random and long, so no slow hash is needed. */
export const hashOf = (secret: string): string => hash('sha256', secret, 'hex');
