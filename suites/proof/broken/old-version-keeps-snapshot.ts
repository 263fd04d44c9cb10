import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The version that is being replaced reads the store once, when it starts.',
  sharedStore: true,
  previous: 'store-read-once',
  behaviours: {},
  expect: { 'CUT-04': 'warn' },
} satisfies Variant;
