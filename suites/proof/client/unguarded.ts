/** What a client has that guards nothing: for the clients that race. */
import type { Flight } from './flight.ts';
import type { Lock } from './lock.ts';

/** Every caller refreshes by itself. */
export function noFlight(): Flight {
  return { run: (work) => work(), idle: () => Promise.resolve() };
}

/** Processes know nothing of each other. */
export function noLock(): Lock {
  return { run: (work) => work() };
}
