import { authorizeQuery } from '../client/authorize-url.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'other-redirect-uri',
  bug: 'The redirect URI of the request has a query that is not registered.',
  client: 'public',
  behaviours: {
    authorizeQuery: (login, pkce, env) => ({
      ...authorizeQuery(login, pkce, env),
      redirect_uri: `${login.redirectUri}?from=app`,
    }),
  },
  expect: { 'AZ-02': 'warn' },
} satisfies Variant;
