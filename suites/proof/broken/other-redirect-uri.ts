import { authorizeQuery } from '../client/authorize-url.ts';
import { createStore } from '../client/store.ts';
import type { Variant } from '../client/variant.ts';

let first = true;

export default {
  bug: 'The first login after a restart, when tokens are still there, has a redirect URI with a query that is not registered.',
  behaviours: {
    authorizeQuery: (login, pkce, env) => {
      const again = first && createStore(env).read() !== undefined;
      first = false;
      const query = authorizeQuery(login, pkce, env);
      return again ? { ...query, redirect_uri: `${login.redirectUri}?from=reconnect` } : query;
    },
  },
  expect: { 'AZ-02': 'warn' },
} satisfies Variant;
