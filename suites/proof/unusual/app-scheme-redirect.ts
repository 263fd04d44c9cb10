import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The callback comes by a scheme of its own, through the operating system.',
  redirectUris: ['com.example.app:/callback'],
  behaviours: {},
  expect: {},
} satisfies Variant;
