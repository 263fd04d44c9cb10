import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A refresh that ends after a new login overwrites its tokens with those of the old one.',
  behaviours: {
    onGranted: (sent, granted, { env, store }) => {
      const tokens = merge(sent, granted, env.loginUrl);
      store.write(tokens);
      return { ok: true, tokens };
    },
  },
  expect: { 'RACE-10': 'warn' },
} satisfies Variant;
