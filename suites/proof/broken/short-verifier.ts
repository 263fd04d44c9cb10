import { randomBytes } from 'node:crypto';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The verifier has 32 characters.',
  behaviours: { verifier: () => randomBytes(24).toString('base64url') },
  expect: { 'PKCE-05': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
