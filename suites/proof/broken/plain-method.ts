import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The challenge is the verifier itself, with the method plain.',
  behaviours: { challenge: (verifier) => ({ code_challenge: verifier, code_challenge_method: 'plain' }) },
  expect: { 'PKCE-02': 'fail', 'PKCE-07': 'fail', 'PKCE-08': 'inconclusive', 'CA-10': 'inconclusive' },
} satisfies Variant;
