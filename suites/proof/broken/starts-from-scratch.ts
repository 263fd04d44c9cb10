import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A login that is refused for a missing code challenge makes it delete the tokens that it has: the app was changed.',
  behaviours: {
    actions: (actions, parts) => ({
      ...actions,
      authorize: async (request, emit) => {
        const answer = await actions.authorize(request, emit);
        if (!answer.ok && /invalid_request|code challenge/u.test(answer.error)) parts.store.clear();
        return answer;
      },
    }),
  },
  expect: { 'CUT-01': 'warn', 'CUT-03': 'warn' },
} satisfies Variant;
