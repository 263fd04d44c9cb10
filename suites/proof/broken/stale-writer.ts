import { call } from '../client/call.ts';
import { renew } from '../client/renew.ts';
import type { Variant } from '../client/variant.ts';

/** Access tokens whose own call refreshed them: that call knows better than to save. */
const refreshed = new Set<string>();

export default {
  name: 'stale-writer',
  bug: 'Every call saves at its end the tokens that it read at its beginning.',
  client: 'public',
  behaviours: {
    call: async (parts) => {
      const before = parts.store.read();
      const answer = await call(parts);
      if (before !== undefined && answer.ok && !refreshed.delete(before.accessToken)) parts.store.write(before);
      return answer;
    },
    renew: (stale, parts) => {
      refreshed.add(stale.accessToken);
      return renew(stale, parts);
    },
  },
  expect: { 'RTR-08': 'warn' },
} satisfies Variant;
