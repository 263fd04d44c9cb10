/** What a client has that guards nothing, or too little: for the clients that race. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createFlight, type Flight } from './flight.ts';
import type { Lock } from './lock.ts';
import { failed, type Renewal } from './renewal.ts';

/** Every caller refreshes by itself. */
export function noFlight(): Flight {
  return { run: (work) => work(), idle: () => Promise.resolve() };
}

/** Processes know nothing of each other. */
export function noLock(): Lock {
  return { run: (work) => work() };
}

/** One caller refreshes; every other caller meanwhile gets an error. */
export function flightForOne(): Flight {
  const flight = createFlight();
  let taken = false;
  return {
    ...flight,
    run: (work) => {
      if (taken) return Promise.resolve(failed('a refresh is under way'));
      taken = true;
      return flight.run(work).finally(() => {
        taken = false;
      });
    },
  };
}

/** Single flight that ends after a time, though the refresh is still under way. */
export function leasedFlight(leaseMs: number): Flight {
  let running: Promise<Renewal> | undefined;
  let until = 0;
  return {
    run: async (work) => {
      while (running !== undefined && Date.now() < until) {
        const renewal = await Promise.race([running, sleep(until - Date.now())]);
        if (renewal !== undefined) return renewal;
      }
      until = Date.now() + leaseMs;
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
}
