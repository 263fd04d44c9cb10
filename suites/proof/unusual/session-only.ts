import type { Tokens } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Tokens live in memory; after a restart the user is asked to connect again.',
  persistence: 'session',
  behaviours: {
    createStore: () => {
      let tokens: Tokens | undefined;
      return {
        read: () => tokens,
        write: (next) => {
          tokens = next;
        },
        clear: () => {
          tokens = undefined;
        },
      };
    },
  },
  expect: { 'RTR-04': 'skip', 'RTR-05': 'skip' },
} satisfies Variant;
