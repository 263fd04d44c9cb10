import { call } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Every call that needed no refresh saves at its end the tokens that it read at its beginning.',
  behaviours: {
    call: async (parts) => {
      const before = parts.store.read();
      const renewals: string[] = [];
      const { renew } = parts.behaviours;
      const noticing: typeof renew = (stale, all) => {
        renewals.push(stale.accessToken);
        return renew(stale, all);
      };
      const answer = await call({ ...parts, behaviours: { ...parts.behaviours, renew: noticing } });
      if (before !== undefined && answer.ok && renewals.length === 0) parts.store.write(before);
      return answer;
    },
  },
  expect: { 'RTR-08': 'warn' },
} satisfies Variant;
