import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The challenge is the verifier itself, though the method says S256.',
  behaviours: { challenge: (verifier) => ({ code_challenge: verifier, code_challenge_method: 'S256' }) },
  expect: { 'PKCE-07': 'fail', 'PKCE-08': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
