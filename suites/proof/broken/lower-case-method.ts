import { challenge } from '../client/challenge.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The method is written s256.',
  behaviours: { challenge: (verifier) => ({ ...challenge(verifier), code_challenge_method: 's256' }) },
  expect: { 'PKCE-02': 'fail', 'CA-10': 'inconclusive' },
} satisfies Variant;
