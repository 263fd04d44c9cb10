import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'An answer without a refresh token wipes the one in the store.',
  behaviours: {
    merge: (before, granted, loginUrl) => ({ ...merge(before, granted, loginUrl), refreshToken: granted.refreshToken }),
  },
  expect: { 'RTR-09': 'warn' },
} satisfies Variant;
