import { challenge } from '../client/challenge.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The challenge is the hexadecimal digest.',
  behaviours: { challenge: (verifier) => challenge(verifier, 'hex') },
  expect: { 'PKCE-03': 'fail', 'PKCE-07': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
