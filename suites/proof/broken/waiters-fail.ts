import type { Renewal } from '../client/renewal.ts';
import { failed } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'One caller refreshes; every other caller that needs a token meanwhile gets an error.',
  behaviours: {
    createFlight: () => {
      let running: Promise<Renewal> | undefined;
      return {
        run: (work) => {
          if (running !== undefined) return Promise.resolve(failed('a refresh is under way'));
          running = work().finally(() => {
            running = undefined;
          });
          return running;
        },
        idle: async () => {
          await running;
        },
      };
    },
  },
  expect: { 'RACE-02': 'fail' },
} satisfies Variant;
