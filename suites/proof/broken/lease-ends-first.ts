import { setTimeout as sleep } from 'node:timers/promises';
import type { Renewal } from '../client/renewal.ts';
import { noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

/** Longer than the proof holds an answer in other scenarios. */
const LEASE_MS = 4_500;

export default {
  bug: 'The lease on the right to refresh ends after 4.5 seconds, though the refresh is still under way, and the next caller takes it.',
  leaseMs: LEASE_MS,
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
          until = Date.now() + LEASE_MS;
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
  expect: { 'RACE-16': 'warn' },
} satisfies Variant;
