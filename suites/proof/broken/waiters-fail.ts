import { flightForOne } from '../client/unguarded.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'One caller refreshes; every other caller that needs a token meanwhile gets an error.',
  behaviours: {
    createFlight: flightForOne,
  },
  expect: { 'RACE-02': 'fail' },
} satisfies Variant;
