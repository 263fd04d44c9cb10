import { createHash } from 'node:crypto';

/** Bytes that look random and are the same every time: a test that draws its input does not depend on its luck. */
export function noise(seed: string, bytes: number): Buffer {
  return createHash('shake256', { outputLength: bytes }).update(seed).digest();
}
