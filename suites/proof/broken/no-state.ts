import { authorizeQuery } from '../client/authorize-url.ts';
import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The authorization request has no state, and any callback is taken.',
  behaviours: {
    authorizeQuery: (login, pkce, env) => {
      const { state: _, ...query } = authorizeQuery(login, pkce, env);
      return query;
    },
    readCallback: (query, logins, env) => readCallback(query, { ...logins, take: () => logins.takeOnly() }, env),
  },
  expect: { 'AZ-03': 'warn', 'AZ-04': 'warn', 'AZ-05': 'warn' },
} satisfies Variant;
