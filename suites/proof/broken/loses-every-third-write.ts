import { createStore } from '../client/store.ts';
import type { Variant } from '../client/variant.ts';

const EVERY = 3;
let writes = 0;

export default {
  bug: 'Every third time the new tokens are not written to the store, which is logged and otherwise ignored.',
  behaviours: {
    createStore: (env) => {
      const store = createStore(env);
      return {
        ...store,
        write: (tokens) => {
          writes += 1;
          if (writes % EVERY === 0) process.stderr.write('tokens not persisted: READONLY\n');
          else store.write(tokens);
        },
      };
    },
  },
  expect: { 'RTR-03': 'fail' },
} satisfies Variant;
