import { leasedFlight, noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

/** Longer than the proof holds an answer in other scenarios. */
const LEASE_MS = 4_500;

export default {
  bug: 'The lease on the right to refresh ends after 4.5 seconds, though the refresh is still under way, and the next caller takes it.',
  leaseMs: LEASE_MS,
  behaviours: {
    createLock: noLock,
    createFlight: () => leasedFlight(LEASE_MS),
  },
  expect: { 'RACE-16': 'warn' },
} satisfies Variant;
