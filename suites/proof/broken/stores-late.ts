import { createStore } from '../client/store.ts';
import type { Tokens } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';

/** Longer than a kill takes on a busy machine. */
const LATE_MS = 5_000;

export default {
  bug: 'Refreshed tokens are used at once and written to disk a moment later, or at an orderly end.',
  behaviours: {
    createStore: (env) => {
      const disk = createStore(env);
      let tokens: Tokens | undefined = disk.read();
      let unwritten: Tokens | undefined;
      const flush = () => {
        if (unwritten !== undefined) disk.write(unwritten);
        unwritten = undefined;
      };
      process.once('exit', flush);
      return {
        read: () => tokens,
        write: (next) => {
          const refreshed = tokens !== undefined;
          tokens = unwritten = next;
          if (refreshed) setTimeout(flush, LATE_MS);
          else flush();
        },
        clear: () => {
          tokens = unwritten = undefined;
          disk.clear();
        },
      };
    },
  },
  expect: { 'RTR-05': 'warn' },
} satisfies Variant;
