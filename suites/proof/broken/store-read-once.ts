import { createStore } from '../client/store.ts';
import type { Tokens } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Each process reads the shared store once and then trusts its own copy.',
  sharedStore: true,
  behaviours: {
    createStore: (env) => {
      const disk = createStore(env);
      let tokens: Tokens | undefined;
      return {
        read: () => (tokens ??= disk.read()),
        write: (next) => {
          tokens = next;
          disk.write(next);
        },
        clear: () => {
          tokens = undefined;
          disk.clear();
        },
      };
    },
  },
  expect: { 'RACE-05': 'fail', 'RACE-06': 'fail' },
} satisfies Variant;
