import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A code whose answer got lost is sent again and again, whatever comes back.',
  behaviours: {
    send: async (request, purpose) => {
      if (purpose !== 'code') return send(request);
      let answer = await send(request).catch(() => undefined);
      if (answer !== undefined) return answer;
      for (let attempt = 0; attempt < 5 && answer?.status !== 200; attempt += 1) answer = await send(request);
      return answer ?? send(request);
    },
  },
  expect: { 'CODE-05': 'info' },
} satisfies Variant;
