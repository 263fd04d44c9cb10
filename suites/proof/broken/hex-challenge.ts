import { createHash } from 'node:crypto';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The challenge is the hexadecimal digest.',
  behaviours: {
    challenge: (verifier) => ({
      code_challenge: createHash('sha256').update(verifier).digest('hex'),
      code_challenge_method: 'S256',
    }),
  },
  expect: { 'PKCE-03': 'fail', 'PKCE-07': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
