import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Two versions on one store; the old one looks at it before each refresh, too.',
  sharedStore: true,
  previous: 'shared-store',
  behaviours: {},
  expect: {},
} satisfies Variant;
