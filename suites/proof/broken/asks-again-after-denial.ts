import type { Variant } from '../client/variant.ts';

export default {
  bug: 'When the user says no, the client sends the user back to the login page, up to four times.',
  behaviours: {
    actions: (actions) => ({
      ...actions,
      authorize: async (request, emit) => {
        let answer = await actions.authorize(request, emit);
        for (let n = 0; n < 4 && !answer.ok && /access.denied/.test(answer.error); n += 1) {
          answer = await actions.authorize(request, emit);
        }
        return answer;
      },
    }),
  },
  expect: { 'AZ-07': 'warn' },
} satisfies Variant;
