import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A 403 or 404 of the API starts a refresh.',
  behaviours: { isExpired: (answer) => answer.status >= 400 },
  expect: { 'ERR-10': 'info' },
} satisfies Variant;
