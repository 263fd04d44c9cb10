import { challenge } from '../client/challenge.ts';
import type { Variant } from '../client/variant.ts';

let without = false;

export default {
  bug: 'When the server objects to the login the client tries again without PKCE.',
  behaviours: {
    challenge: (verifier) => (without ? {} : challenge(verifier)),
    actions: (actions) => ({
      ...actions,
      authorize: async (request, emit) => {
        const answer = await actions.authorize(request, emit);
        if (answer.ok || without || !answer.error.includes('invalid_request')) return answer;
        without = true;
        return actions.authorize(request, emit);
      },
    }),
  },
  expect: { 'PKCE-13': 'warn' },
} satisfies Variant;
