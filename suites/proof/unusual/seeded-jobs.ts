import type { Variant } from '../client/variant.ts';

export default {
  name: 'seeded-jobs',
  bug: 'All processes start from one secret, and look into the store that they share first.',
  client: 'public',
  sharedStore: true,
  seeded: true,
  leaseMs: 400,
  behaviours: {},
  expect: {},
} satisfies Variant;
