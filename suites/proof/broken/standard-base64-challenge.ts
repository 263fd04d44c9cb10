import { createHash } from 'node:crypto';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The challenge is standard base64 instead of base64url.',
  behaviours: {
    challenge: (verifier) => ({
      code_challenge: createHash('sha256').update(verifier).digest('base64'),
      code_challenge_method: 'S256',
    }),
  },
  expect: { 'PKCE-03': 'fail', 'PKCE-07': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
