import { rotate } from '../client/rotate.ts';
import type { Renewal } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Callers refresh one after the other, each with the refresh token that it read before it waited for its turn.',
  behaviours: {
    createFlight: () => {
      let last: Promise<Renewal | undefined> = Promise.resolve(undefined);
      return {
        run: (work) => {
          const mine = last.then(work);
          last = mine.catch(() => undefined);
          return mine;
        },
        idle: async () => {
          await last;
        },
      };
    },
    rotate: (stale, parts) => rotate(stale, { ...parts, store: { ...parts.store, read: () => stale } }),
  },
  expect: {
    'RACE-02': 'fail',
    'RACE-03': 'fail',
    'RACE-07': 'warn',
    'RACE-08': 'inconclusive',
    'RACE-10': 'warn',
    'RACE-14': 'fail',
  },
} satisfies Variant;
