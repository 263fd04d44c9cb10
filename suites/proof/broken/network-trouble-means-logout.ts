import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A refused connection is taken for a rejected refresh token.',
  behaviours: {
    send: async (request, purpose) => {
      try {
        return await send(request);
      } catch (cause) {
        if (purpose !== 'refresh') throw cause;
        return { status: 400, headers: new Headers(), text: '{"error":"invalid_grant"}' };
      }
    },
  },
  expect: { 'RES-04': 'info', 'RES-09': 'warn' },
} satisfies Variant;
