import type { Variant } from '../client/variant.ts';

export default {
  name: 'no-challenge',
  bug: 'The authorization request carries no PKCE parameters.',
  client: 'public',
  behaviours: { challenge: () => ({}) },
  expect: { 'PKCE-01': 'fail' },
} satisfies Variant;
