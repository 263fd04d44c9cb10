import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

let onDemand = false;

export default {
  bug: 'The refresh after a 401 stores the new refresh token; the refresh on demand does not.',
  behaviours: {
    merge: (before, granted, loginUrl) => {
      const tokens = merge(before, granted, loginUrl);
      return onDemand && before !== undefined ? { ...tokens, refreshToken: before.refreshToken } : tokens;
    },
    actions: (actions) => ({
      ...actions,
      refresh: async (request, emit) => {
        onDemand = true;
        try {
          return await actions.refresh(request, emit);
        } finally {
          onDemand = false;
        }
      },
    }),
  },
  expect: { 'RTR-06': 'fail' },
} satisfies Variant;
