import { authorizeQuery } from '../client/authorize-url.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The verifier itself is in the authorization URL.',
  behaviours: {
    authorizeQuery: (login, pkce, env) => ({
      ...authorizeQuery(login, pkce, env),
      code_verifier: login.verifier,
    }),
  },
  expect: { 'AZ-11': 'warn', 'PKCE-11': 'fail' },
} satisfies Variant;
