/** Generates client ids and secrets in Salesforce's format for configurations that have none. */
import { randomBytes, randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Generates a consumer key: `3MVG9` and 80 letters and digits. */
export function generateClientId(): string {
  return `3MVG9${Array.from({ length: 80 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')}`;
}

/** Generates a consumer secret: 64 hexadecimal digits in capitals. */
export function generateClientSecret(): string {
  return randomBytes(32).toString('hex').toUpperCase();
}
