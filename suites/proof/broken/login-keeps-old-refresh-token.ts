import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

let first: string | undefined;

export default {
  bug: 'A new login stores the new access token beside the refresh token of the first login.',
  behaviours: {
    merge: (before, granted, loginUrl) => {
      if (before !== undefined) return merge(before, granted, loginUrl);
      first ??= granted.refreshToken;
      return { ...merge(before, granted, loginUrl), refreshToken: first };
    },
  },
  expect: { 'ERR-04': 'fail' },
} satisfies Variant;
