/** HMAC (RFC 2104) for keys that are used thousands of times a second. */
import { hash } from 'node:crypto';

/** Bytes of a block and of a digest (FIPS 180-4). */
const SIZES = { sha256: { block: 64, digest: 32 }, sha512: { block: 128, digest: 64 } } as const;
/** Messages of this length at most are put together without making a buffer for each. */
const ROOM = 1_024;

/** Gives the MAC of the parts, one after the other. */
export type KeyedHash = (...parts: readonly (string | Buffer)[]) => Buffer;

/**
 * The same value as `createHmac(algorithm, key)`, by two one-shot hashes: making a Hmac object costs many times what it computes.
 *
 * @param given of any length
 */
export function createKeyedHash(algorithm: 'sha256' | 'sha512', given: Buffer): KeyedHash {
  const { block, digest } = SIZES[algorithm];
  const key = given.length > block ? hash(algorithm, given, 'buffer') : given;
  const padded = (filling: number, room: number) => {
    const bytes = Buffer.alloc(block + room);
    bytes.fill(filling, 0, block);
    key.forEach((byte, index) => (bytes[index] = byte ^ filling));
    return bytes;
  };
  const inner = padded(0x36, ROOM);
  const outer = padded(0x5c, digest);

  /** Length of what stands in `inner` then; undefined when there is no room for it. */
  const put = (parts: readonly (string | Buffer)[]): number | undefined => {
    let at = block;
    for (const part of parts) {
      // A character of a string becomes three bytes at the most.
      if (at + part.length * (typeof part === 'string' ? 3 : 1) > inner.length) return undefined;
      at += typeof part === 'string' ? inner.write(part, at) : part.copy(inner, at);
    }
    return at;
  };
  const whole = (parts: readonly (string | Buffer)[]): Buffer => {
    const message = parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part));
    return Buffer.concat([inner.subarray(0, block), ...message]);
  };
  return (...parts) => {
    const length = put(parts);
    const message = length === undefined ? whole(parts) : inner.subarray(0, length);
    hash(algorithm, message, 'buffer').copy(outer, block);
    return hash(algorithm, outer, 'buffer');
  };
}
