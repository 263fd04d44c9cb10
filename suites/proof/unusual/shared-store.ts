import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The reference client, several processes on one store.',
  sharedStore: true,
  behaviours: {},
  expect: {},
} satisfies Variant;
