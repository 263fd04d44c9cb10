import { refreshForm } from '../client/token-request.ts';
import { verifier } from '../client/verifier.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The refresh carries a verifier and the redirect URI of the login.',
  behaviours: {
    refreshForm: (tokens, env) => ({
      ...refreshForm(tokens),
      code_verifier: verifier(),
      redirect_uri: env.redirectUri,
    }),
  },
  expect: { 'RTR-16': 'info' },
} satisfies Variant;
