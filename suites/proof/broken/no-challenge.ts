import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The authorization request carries no PKCE parameters.',
  behaviours: { challenge: () => ({}) },
  expect: {
    'PKCE-01': 'fail',
    'PKCE-02': 'fail',
    'PKCE-03': 'inconclusive',
    'PKCE-07': 'inconclusive',
    'PKCE-08': 'inconclusive',
    'CA-10': 'inconclusive',
  },
} satisfies Variant;
