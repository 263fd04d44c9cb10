import { request } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

const MOST = 4;

export default {
  bug: 'After a login the API is tried, and as long as it answers 403 the login is begun anew.',
  behaviours: {
    actions: (actions, parts) => ({
      ...actions,
      authorize: async (asked, emit) => {
        let answer = await actions.authorize(asked, emit);
        for (let round = 1; answer.ok && round < MOST; round += 1) {
          const tokens = parts.store.read();
          if (tokens === undefined || (await request(tokens, parts))?.status !== 403) break;
          answer = await actions.authorize(asked, emit);
        }
        return answer;
      },
    }),
  },
  expect: { 'SES-08': 'warn' },
} satisfies Variant;
