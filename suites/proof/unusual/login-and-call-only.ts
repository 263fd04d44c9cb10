import type { Variant } from '../client/variant.ts';

export default {
  name: 'login-and-call-only',
  bug: 'The adapter has no refresh, status or disconnect.',
  client: 'public',
  behaviours: { actions: ({ authorize, redirect, call }) => ({ authorize, redirect, call }) },
  expect: {},
} satisfies Variant;
