import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The store cuts refresh tokens at 255 characters.',
  behaviours: {
    merge: (before, granted, loginUrl) => {
      const tokens = merge(before, granted, loginUrl);
      return { ...tokens, refreshToken: tokens.refreshToken?.slice(0, 255) };
    },
  },
  expect: { 'RTR-12': 'warn' },
} satisfies Variant;
