import { disconnect } from '../client/logout.ts';
import { noFlight, noLock } from '../client/unguarded.ts';
import { merge } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A refresh that ends after the logout stores its tokens.',
  behaviours: {
    disconnect: (parts) => disconnect({ ...parts, flight: noFlight(), lock: noLock() }),
    onGranted: (sent, granted, { env, store }) => {
      const tokens = merge(sent, granted, env.loginUrl);
      store.write(tokens);
      return { ok: true, tokens };
    },
  },
  expect: { 'RACE-09': 'warn', 'RACE-10': 'warn' },
} satisfies Variant;
