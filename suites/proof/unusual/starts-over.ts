import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A login that failed at the token endpoint is begun anew once, with everything fresh.',
  behaviours: {
    actions: (actions) => ({
      ...actions,
      authorize: async (request, emit) => {
        const answer = await actions.authorize(request, emit);
        return answer.ok || /login refused|callback/.test(answer.error) ? answer : actions.authorize(request, emit);
      },
    }),
  },
  expect: {},
} satisfies Variant;
