/** Generates Salesforce record ids: 15 case-sensitive characters, or 18 with a checksum. */
import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Returns a 15-character id of the type that `prefix` names (`00D` an org, `005` a user), always the same for the same seed. */
export function recordId(prefix: string, seed: string): string {
  const digest = createHash('sha256').update(`${prefix}:${seed}`).digest();
  const rest = Array.from(digest.subarray(0, 15 - prefix.length), (byte) => ALPHABET[byte % ALPHABET.length] ?? 'A');
  return prefix + rest.join('');
}

/** Returns the 18-character form of an id: each checksum character encodes which of five letters are capitals. */
export function longId(id: string): string {
  const checksum = [0, 5, 10].map((start) => {
    const bits = Array.from(id.slice(start, start + 5), (letter, index) => (/[A-Z]/.test(letter) ? 1 << index : 0));
    return CHECKSUM[bits.reduce((sum, bit) => sum + bit, 0)] ?? 'A';
  });
  return id + checksum.join('');
}
