import { call } from '../client/call.ts';
import { lost } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'After the refresh token was rejected every call tries the expired access token five times more.',
  behaviours: {
    onRejected: (sent, error, { store }) => {
      store.write({ ...sent, refreshToken: undefined });
      return lost(error);
    },
    call: async (parts) => {
      let answer = await call(parts);
      for (let attempt = 0; !answer.ok && attempt < 5; attempt += 1) answer = await call(parts);
      return answer;
    },
  },
  expect: { 'ERR-02': 'fail', 'ERR-09': 'warn', 'ERR-11': 'warn', 'IP-02': 'fail' },
} satisfies Variant;
