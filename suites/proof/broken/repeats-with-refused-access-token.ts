import { renew } from '../client/renew.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'After a refresh the call is repeated as it was, with the access token that was refused; only the next call takes the new one.',
  behaviours: {
    renew: async (stale, parts) => {
      const renewal = await renew(stale, parts);
      return renewal.ok ? { ok: true, tokens: { ...renewal.tokens, accessToken: stale.accessToken } } : renewal;
    },
  },
  expect: { 'RTR-07': 'fail' },
} satisfies Variant;
