import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The reference client with a secret.',
  client: 'confidential',
  behaviours: {},
  expect: {},
} satisfies Variant;
