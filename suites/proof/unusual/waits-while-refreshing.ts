import { call } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'waits-while-refreshing',
  bug: 'A call that begins during a refresh waits for its end.',
  client: 'public',
  behaviours: {
    call: async (parts) => {
      await parts.flight.idle();
      return call(parts);
    },
  },
  expect: {},
} satisfies Variant;
