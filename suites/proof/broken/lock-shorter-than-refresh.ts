import { setTimeout as sleep } from 'node:timers/promises';
import type { Renewal } from '../client/renewal.ts';
import { noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

/** Shorter than the proof holds an answer, longer than concurrent calls take to arrive. */
const LOCK_MS = 1_500;

export default {
  bug: 'The lock around a refresh expires while a slow refresh is still under way, and the next caller refreshes too.',
  behaviours: {
    createLock: noLock,
    createFlight: () => {
      let running: Promise<Renewal> | undefined;
      let until = 0;
      return {
        run: async (work) => {
          while (running !== undefined && Date.now() < until) {
            const renewal = await Promise.race([running, sleep(until - Date.now())]);
            if (renewal !== undefined) return renewal;
          }
          until = Date.now() + LOCK_MS;
          const mine = work().finally(() => {
            if (running === mine) running = undefined;
          });
          running = mine;
          return mine;
        },
        idle: async () => {
          await running?.catch(() => undefined);
        },
      };
    },
  },
  expect: { 'RES-03': 'fail' },
} satisfies Variant;
