import { createStore } from '../client/store.ts';
import type { Tokens } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'stores-late',
  bug: 'The new tokens are used at once and written to disk a moment later.',
  client: 'public',
  behaviours: {
    createStore: (env) => {
      const disk = createStore(env);
      let tokens: Tokens | undefined = disk.read();
      return {
        read: () => tokens,
        write: (next) => {
          tokens = next;
          setTimeout(() => {
            if (tokens === next) disk.write(next);
          }, 150);
        },
        clear: () => {
          tokens = undefined;
          disk.clear();
        },
      };
    },
  },
  expect: { 'RTR-05': 'warn', 'RTR-08': 'warn' },
} satisfies Variant;
