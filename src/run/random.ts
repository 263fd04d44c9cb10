/** Generates random numbers from a seed: the same seed and name give the same sequence on every machine. */
import { createHash } from 'node:crypto';

/** Returns a generator of numbers in [0, 1), from SHA-256 in counter mode; slow, and good enough for schedules. */
export function seeded(seed: number, name: string): () => number {
  let counter = 0;
  return () => {
    const digest = createHash('sha256')
      .update(`${String(seed)}\n${name}\n${String(counter)}`)
      .digest();
    counter += 1;
    return digest.readUInt32BE(0) / 2 ** 32;
  };
}
