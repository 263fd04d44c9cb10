import { disconnect } from '../client/logout.ts';
import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

let first: string | undefined;

export default {
  bug: 'The logout revokes the refresh token of the login, not the newest one.',
  behaviours: {
    merge: (before, granted, loginUrl) => {
      const tokens = merge(before, granted, loginUrl);
      if (before === undefined) first = tokens.refreshToken;
      return tokens;
    },
    disconnect: (parts) => {
      const read: typeof parts.store.read = () => {
        const tokens = parts.store.read();
        return tokens && { ...tokens, refreshToken: first ?? tokens.refreshToken };
      };
      return disconnect({ ...parts, store: { ...parts.store, read } });
    },
  },
  expect: { 'SES-01': 'warn' },
} satisfies Variant;
