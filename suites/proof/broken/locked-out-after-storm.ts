import type { Renewal } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A refresh that several callers waited for is never forgotten, so the next one never happens.',
  behaviours: {
    createFlight: () => {
      let running: Promise<Renewal> | undefined;
      let shared = false;
      return {
        run: (work) => {
          if (running !== undefined) {
            shared = true;
            return running;
          }
          running = work().finally(() => {
            if (!shared) running = undefined;
          });
          return running;
        },
        idle: async () => {
          await running;
        },
      };
    },
  },
  expect: { 'RACE-03': 'fail' },
} satisfies Variant;
