import type { Variant } from '../client/variant.ts';

export default {
  name: 'app-scheme-redirect',
  bug: 'The callback comes by a scheme of its own, through the operating system.',
  client: 'public',
  redirectUris: ['com.example.app:/callback'],
  behaviours: {},
  expect: {},
} satisfies Variant;
