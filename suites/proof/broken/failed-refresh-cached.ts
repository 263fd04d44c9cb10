import type { Renewal } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A failed refresh stays in the single-flight slot, so no later call refreshes again.',
  behaviours: {
    createFlight: () => {
      let running: Promise<Renewal> | undefined;
      return {
        run: (work) => {
          running ??= work().then((renewal) => {
            if (renewal.ok) running = undefined;
            return renewal;
          });
          return running;
        },
        idle: async () => {
          await running;
        },
      };
    },
  },
  expect: { 'ERR-04': 'fail', 'RACE-15': 'warn' },
} satisfies Variant;
