import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'resends-code-for-ever',
  bug: 'A code whose answer got lost is sent again and again.',
  client: 'public',
  behaviours: {
    send: async (request, purpose) => {
      for (let attempt = 0; purpose === 'code' && attempt < 5; attempt += 1) {
        const answer = await send(request).catch(() => undefined);
        if (answer?.status === 200) return answer;
      }
      return send(request);
    },
  },
  expect: { 'CODE-05': 'warn' },
} satisfies Variant;
