import type { Variant } from '../client/variant.ts';

export default {
  name: 'plain-called-s256',
  bug: 'The challenge is the verifier itself, though the method says S256.',
  client: 'public',
  behaviours: { challenge: (verifier) => ({ code_challenge: verifier, code_challenge_method: 'S256' }) },
  expect: { 'PKCE-07': 'fail', 'PKCE-08': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
