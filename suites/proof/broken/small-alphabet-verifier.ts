import { randomBytes } from 'node:crypto';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The verifier is 64 random characters out of two.',
  behaviours: { verifier: () => Array.from(randomBytes(64), (byte) => String(byte % 2)).join('') },
  expect: { 'PKCE-10': 'fail' },
} satisfies Variant;
