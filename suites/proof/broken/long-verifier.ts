import { randomBytes } from 'node:crypto';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The verifier is 128 random bytes, 171 characters once encoded.',
  behaviours: { verifier: () => randomBytes(128).toString('base64url') },
  expect: { 'PKCE-05': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
