import { leasedFlight, noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

/** Shorter than the proof holds an answer, longer than concurrent calls take to arrive. */
const LOCK_MS = 1_500;

export default {
  bug: 'The lock around a refresh expires while a slow refresh is still under way, and the next caller refreshes too.',
  behaviours: {
    createLock: noLock,
    createFlight: () => leasedFlight(LOCK_MS),
  },
  expect: { 'RES-03': 'fail' },
} satisfies Variant;
