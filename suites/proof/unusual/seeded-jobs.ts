import type { Variant } from '../client/variant.ts';

export default {
  bug: 'All processes start from one secret, and look into the store that they share first.',
  sharedStore: true,
  seeded: true,
  leaseMs: 400,
  behaviours: {},
  expect: {},
} satisfies Variant;
