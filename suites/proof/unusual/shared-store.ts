import type { Variant } from '../client/variant.ts';

export default {
  name: 'shared-store',
  bug: 'The reference client, several processes on one store.',
  client: 'public',
  sharedStore: true,
  behaviours: {},
  expect: {},
} satisfies Variant;
