import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The adapter has no refresh, status or disconnect.',
  behaviours: { actions: ({ authorize, redirect, call }) => ({ authorize, redirect, call }) },
  expect: {},
} satisfies Variant;
