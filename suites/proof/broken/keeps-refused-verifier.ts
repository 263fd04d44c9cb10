import { codeForm } from '../client/token-request.ts';
import { verifier } from '../client/verifier.ts';
import type { Variant } from '../client/variant.ts';

let kept: string | undefined;
let last: string | undefined;

export default {
  bug: 'After its verifier was refused the client begins a new login with the same one.',
  behaviours: {
    verifier: () => kept ?? verifier(),
    actions: (actions) => ({
      ...actions,
      authorize: async (request, emit) => {
        const answer = await actions.authorize(request, emit);
        if (answer.ok || !answer.error.includes('verifier')) return answer;
        kept = last;
        const again = await actions.authorize(request, emit);
        kept = undefined;
        return again;
      },
    }),
    codeForm: (login, code) => {
      last = login.verifier;
      return codeForm(login, code);
    },
  },
  expect: { 'PKCE-15': 'warn' },
} satisfies Variant;
