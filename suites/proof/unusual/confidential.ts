import type { Variant } from '../client/variant.ts';

export default {
  name: 'confidential',
  bug: 'The reference client with a secret.',
  client: 'confidential',
  behaviours: {},
  expect: {},
} satisfies Variant;
