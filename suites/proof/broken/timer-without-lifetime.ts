import { redeem } from '../client/login.ts';
import type { Variant } from '../client/variant.ts';

/** Keeps the proof short; the real bug has no end. */
const ROUNDS = 6;

export default {
  bug: 'After a login the lifetime that Salesforce does not send is taken for zero, so the new tokens are refreshed at once, again and again.',
  behaviours: {
    redeem: async (login, code, parts) => {
      const answer = await redeem(login, code, parts);
      for (let round = 0; answer.ok && round < ROUNDS; round += 1) {
        const tokens = parts.store.read();
        if (tokens !== undefined) await parts.behaviours.renew(tokens, parts);
      }
      return answer;
    },
  },
  expect: { 'RTR-10': 'warn' },
} satisfies Variant;
