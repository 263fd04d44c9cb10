import type { Variant } from '../client/variant.ts';

export default {
  name: 'old-version-keeps-snapshot',
  bug: 'The version that is being replaced reads the store once, when it starts.',
  client: 'public',
  sharedStore: true,
  previous: 'store-read-once',
  behaviours: {},
  expect: { 'CUT-04': 'warn' },
} satisfies Variant;
