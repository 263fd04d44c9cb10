import type { Variant } from '../client/variant.ts';

export default {
  name: 'starts-over',
  bug: 'A login that failed at the token endpoint is begun anew once, with everything fresh.',
  client: 'public',
  behaviours: {
    verbs: (verbs) => ({
      ...verbs,
      authorize: async (request, emit) => {
        const answer = await verbs.authorize(request, emit);
        return answer.ok || /login refused|callback/.test(answer.error) ? answer : verbs.authorize(request, emit);
      },
    }),
  },
  expect: {},
} satisfies Variant;
