import type { Variant } from '../client/variant.ts';

export default {
  name: 'localhost-redirect',
  bug: 'The callback goes to the name localhost instead of the loopback address.',
  client: 'public',
  redirectUris: ['http://localhost:0/callback'],
  behaviours: {},
  expect: { 'AZ-10': 'warn' },
} satisfies Variant;
