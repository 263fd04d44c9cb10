import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The refresh keeps the new access token and throws the new refresh token away.',
  behaviours: {
    merge: (before, granted, loginUrl) => ({
      ...merge(before, granted, loginUrl),
      refreshToken: before?.refreshToken ?? granted.refreshToken,
    }),
  },
  expect: { 'RTR-02': 'fail', 'RTR-03': 'inconclusive', 'RACE-14': 'inconclusive' },
} satisfies Variant;
