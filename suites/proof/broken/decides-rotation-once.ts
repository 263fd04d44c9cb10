import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

/** Refreshes of this process that returned no new refresh token. */
let unrotated = false;

export default {
  bug: 'Once a refresh has returned no refresh token it holds that rotation is off, and looks at none that comes later.',
  behaviours: {
    merge: (before, granted, loginUrl) => {
      const tokens = merge(before, granted, loginUrl);
      if (before === undefined) return tokens;
      if (granted.refreshToken === undefined) unrotated = true;
      return unrotated ? { ...tokens, refreshToken: before.refreshToken } : tokens;
    },
  },
  expect: { 'CUT-02': 'warn', 'CUT-03': 'warn', 'MIX-01': 'warn' },
} satisfies Variant;
