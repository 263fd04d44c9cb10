import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Every login has the same state.',
  behaviours: { state: () => 'login' },
  expect: { 'AZ-03': 'warn' },
} satisfies Variant;
