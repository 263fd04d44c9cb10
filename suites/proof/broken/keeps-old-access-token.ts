import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'keeps-old-access-token',
  bug: 'After a refresh the retry uses the new access token, and every later call the old one again.',
  client: 'public',
  behaviours: {
    onGranted: (presented, granted, { env, store }) => {
      const tokens = merge(presented, granted, env.loginUrl);
      store.write({ ...tokens, accessToken: presented.accessToken });
      return { ok: true, tokens };
    },
  },
  expect: { 'RTR-07': 'fail' },
} satisfies Variant;
