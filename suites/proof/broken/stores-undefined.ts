import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A missing refresh token is stored as the word undefined.',
  behaviours: {
    merge: (before, granted, loginUrl) => ({
      ...merge(before, granted, loginUrl),
      refreshToken: String(granted.refreshToken),
    }),
  },
  expect: { 'RTR-17': 'warn', 'RTR-09': 'warn' },
} satisfies Variant;
