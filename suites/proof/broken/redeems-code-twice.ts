import { ask } from '../client/ask.ts';
import { redeem } from '../client/login.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The code is redeemed twice, as a page that runs its effect twice does.',
  behaviours: {
    redeem: async (login, code, parts) => {
      const answer = await redeem(login, code, parts);
      await ask(parts.behaviours.codeForm(login, code, parts.env), 'code', parts);
      return answer;
    },
  },
  expect: { 'CODE-03': 'warn' },
} satisfies Variant;
