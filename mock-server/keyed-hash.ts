/** HMAC (RFC 2104) for keys that are used thousands of times a second. */
import { hash } from 'node:crypto';

/** Bytes of a block and of a digest (FIPS 180-4). */
const SIZES = { sha256: { block: 64, digest: 32 }, sha512: { block: 128, digest: 64 } } as const;

/** Gives the MAC of the parts, one after the other. */
export type KeyedHash = (...parts: readonly (string | Buffer)[]) => Buffer;

/**
 * The same value as `createHmac(algorithm, key)`, by two one-shot hashes: making a Hmac object costs many times what it computes.
 *
 * @param key not longer than a block of the hash, as keys of random bytes are
 */
export function createKeyedHash(algorithm: 'sha256' | 'sha512', key: Buffer): KeyedHash {
  const { block, digest } = SIZES[algorithm];
  if (key.length > block) throw new RangeError('The key is longer than a block of the hash.');
  const padded = (filling: number) => {
    const bytes = Buffer.alloc(block, filling);
    key.forEach((byte, index) => (bytes[index] = byte ^ filling));
    return bytes;
  };
  const inner = padded(0x36);
  const outer = Buffer.concat([padded(0x5c), Buffer.alloc(digest)]);
  return (...parts) => {
    const message = parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part));
    hash(algorithm, Buffer.concat([inner, ...message]), 'buffer').copy(outer, block);
    return hash(algorithm, outer, 'buffer');
  };
}
