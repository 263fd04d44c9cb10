import { redeem } from '../client/login.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A refused code is sent again with the same verifier, three times.',
  behaviours: {
    redeem: async (login, code, parts) => {
      let answer = await redeem(login, code, parts);
      for (let attempt = 0; !answer.ok && attempt < 3; attempt += 1) answer = await redeem(login, code, parts);
      return answer;
    },
  },
  expect: { 'PKCE-15': 'warn', 'CODE-04': 'warn', 'CODE-05': 'info', 'CA-11': 'warn' },
} satisfies Variant;
