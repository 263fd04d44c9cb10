import { createStore } from '../client/store.ts';
import type { Tokens } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Only the login is written to disk; what a refresh brings stays in memory, so a restart goes back to the first refresh token.',
  behaviours: {
    createStore: (env) => {
      const disk = createStore(env);
      let tokens: Tokens | undefined = disk.read();
      return {
        read: () => tokens,
        write: (next) => {
          if (tokens === undefined) disk.write(next);
          tokens = next;
        },
        clear: () => {
          tokens = undefined;
          disk.clear();
        },
      };
    },
  },
  expect: { 'RTR-04': 'fail', 'RTR-05': 'inconclusive' },
} satisfies Variant;
