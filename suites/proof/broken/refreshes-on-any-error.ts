import type { Variant } from '../client/variant.ts';

export default {
  name: 'refreshes-on-any-error',
  bug: 'A 403 or 404 of the API starts a refresh.',
  client: 'public',
  behaviours: { isExpired: (answer) => answer.status >= 400 },
  expect: { 'ERR-10': 'info' },
} satisfies Variant;
