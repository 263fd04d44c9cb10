import type { Variant } from '../client/variant.ts';

export default {
  name: 'no-challenge',
  bug: 'The authorization request carries no PKCE parameters.',
  client: 'public',
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
