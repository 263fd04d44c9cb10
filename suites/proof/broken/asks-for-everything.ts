import { authorizeQuery } from '../client/authorize-url.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The client asks for the scope full, more than it needs.',
  behaviours: {
    authorizeQuery: (login, pkce, env) => ({ ...authorizeQuery(login, pkce, env), scope: `${env.scopes} full` }),
  },
  expect: { 'AZ-09': 'warn' },
} satisfies Variant;
