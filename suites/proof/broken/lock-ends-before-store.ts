import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../client/http.ts';
import type { Renewal } from '../client/renewal.ts';
import { noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

/** How long a store takes in which others have their turn, also on a busy machine: a commit over the network. */
const STORE_MS = 2_000;

let release: () => void = () => undefined;

export default {
  bug: 'The single flight ends when the answer has come, and the new tokens are stored after that.',
  behaviours: {
    send: async (request, purpose) => {
      if (purpose !== 'refresh') return send(request);
      const answer = await send(request).finally(() => {
        release();
      });
      await sleep(STORE_MS);
      return answer;
    },
    createLock: noLock,
    createFlight: () => {
      let running: Promise<Renewal> | undefined;
      let storing: Promise<unknown> | undefined;
      release = () => {
        running = undefined;
      };
      return {
        run: (work) => {
          if (running !== undefined) return running;
          const mine = work().finally(() => {
            if (running === mine) running = undefined;
          });
          storing = mine;
          running = mine;
          return mine;
        },
        idle: async () => {
          await storing?.catch(() => undefined);
        },
      };
    },
  },
  expect: { 'RACE-14': 'fail', 'RACE-07': 'warn' },
} satisfies Variant;
