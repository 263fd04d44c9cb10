import { lost } from '../client/renewal.ts';
import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'After a refresh the retry uses the new access token, and every later call the old one again.',
  behaviours: {
    onGranted: (sent, granted, { env, store }) => {
      const now = store.read();
      if (now === undefined) return lost('not connected');
      if (now.refreshToken !== sent.refreshToken) return { ok: true, tokens: now };
      const tokens = merge(sent, granted, env.loginUrl);
      store.write({ ...tokens, accessToken: sent.accessToken });
      return { ok: true, tokens };
    },
  },
  expect: { 'RTR-07': 'fail' },
} satisfies Variant;
