import { call } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A call that begins during a refresh waits for its end.',
  behaviours: {
    call: async (parts) => {
      await parts.flight.idle();
      return call(parts);
    },
  },
  expect: {},
} satisfies Variant;
