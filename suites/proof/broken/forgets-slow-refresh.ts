import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../client/http.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Callers wait for a refresh a second and a half; it goes on unseen, and the next call sends the same refresh token.',
  behaviours: {
    send: async (request, purpose) => {
      if (purpose !== 'refresh') return send(request);
      const answer = await Promise.race([send(request), sleep(1_500)]);
      if (answer === undefined) throw new DOMException('too slow', 'TimeoutError');
      return answer;
    },
  },
  expect: { 'RES-03': 'fail' },
} satisfies Variant;
