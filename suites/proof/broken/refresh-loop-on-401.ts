import { call } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A 401 that stays after the refresh is answered with one more refresh, six times.',
  behaviours: {
    call: async (parts) => {
      let answer = await call(parts);
      for (let round = 0; !answer.ok && answer.status === 401 && round < 5; round += 1) answer = await call(parts);
      return answer;
    },
  },
  expect: { 'ERR-09': 'warn' },
} satisfies Variant;
