import { challenge } from '../client/challenge.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The challenge is the hash of the hash: well formed and wrong.',
  behaviours: { challenge: (verifier) => challenge(challenge(verifier)['code_challenge'] ?? '') },
  expect: { 'PKCE-07': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
