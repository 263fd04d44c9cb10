import type { Variant } from '../client/variant.ts';

export default {
  name: 'constant-state',
  bug: 'Every login has the same state.',
  client: 'public',
  behaviours: { state: () => 'login' },
  expect: { 'AZ-03': 'warn' },
} satisfies Variant;
