import { noFlight, noLock } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Every 401 starts a refresh of its own with the same refresh token.',
  behaviours: { createFlight: noFlight, createLock: noLock },
  expect: { 'RACE-01': 'fail' },
} satisfies Variant;
