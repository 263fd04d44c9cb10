import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { createStore } from '../client/store.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Everybody on the machine can read the token file.',
  behaviours: {
    createStore: (env) => {
      const store = createStore(env);
      return {
        ...store,
        write: (tokens) => {
          store.write(tokens);
          chmodSync(join(env.stateDir, 'tokens.json'), 0o644);
        },
      };
    },
  },
  expect: { 'HYG-05': 'warn' },
} satisfies Variant;
