import { challenge } from '../client/challenge.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The challenge is standard base64 instead of base64url.',
  behaviours: { challenge: (verifier) => challenge(verifier, 'base64') },
  expect: { 'PKCE-03': 'fail', 'PKCE-07': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
