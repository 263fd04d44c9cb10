import { randomBytes } from 'node:crypto';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The verifier has 128 characters, the most that RFC 7636 allows.',
  behaviours: { verifier: () => randomBytes(96).toString('base64url') },
  expect: {},
} satisfies Variant;
