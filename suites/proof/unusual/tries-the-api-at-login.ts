import { request } from '../client/call.ts';
import { failure } from '../client/actions.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A login counts only when the API has answered once; otherwise it is reported as failed and its tokens are dropped.',
  behaviours: {
    actions: (actions, parts) => ({
      ...actions,
      authorize: async (asked, emit) => {
        const answer = await actions.authorize(asked, emit);
        const tokens = answer.ok ? parts.store.read() : undefined;
        if (tokens === undefined) return answer;
        const tried = await request(tokens, parts);
        if (tried?.status !== 403) return answer;
        parts.store.clear();
        return failure(`the API answered 403: ${tried.text.slice(0, 100)}`);
      },
    }),
  },
  expect: {},
} satisfies Variant;
