import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The callback goes to the name localhost instead of the loopback address.',
  redirectUris: ['http://localhost:0/callback'],
  behaviours: {},
  expect: { 'AZ-10': 'warn' },
} satisfies Variant;
