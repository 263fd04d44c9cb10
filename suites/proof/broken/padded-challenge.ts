import { challenge } from '../client/challenge.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The challenge keeps the padding of base64.',
  behaviours: {
    challenge: (verifier) => ({
      ...challenge(verifier),
      code_challenge: `${challenge(verifier)['code_challenge'] ?? ''}=`,
    }),
  },
  expect: { 'PKCE-03': 'fail', 'PKCE-07': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
