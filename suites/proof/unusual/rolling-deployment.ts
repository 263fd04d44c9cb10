import type { Variant } from '../client/variant.ts';

export default {
  name: 'rolling-deployment',
  bug: 'Two versions on one store; the old one looks at it before each refresh, too.',
  client: 'public',
  sharedStore: true,
  previous: 'shared-store',
  behaviours: {},
  expect: {},
} satisfies Variant;
