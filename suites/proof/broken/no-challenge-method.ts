import { challenge } from '../client/challenge.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The authorization request names no code_challenge_method, as jsforce does.',
  behaviours: { challenge: (verifier) => ({ code_challenge: challenge(verifier)['code_challenge'] ?? '' }) },
  expect: { 'PKCE-02': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
