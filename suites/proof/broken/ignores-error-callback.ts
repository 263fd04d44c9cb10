import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A callback that carries an error leads to a token request all the same.',
  behaviours: {
    readCallback: (query, logins, env) => {
      if (!query.has('error')) return readCallback(query, logins, env);
      const login = logins.take(query.get('state'));
      return login === undefined
        ? { kind: 'refused', login, error: 'the callback has no state of ours' }
        : { kind: 'code', login, code: query.get('code') ?? 'undefined' };
    },
  },
  expect: { 'AZ-07': 'warn' },
} satisfies Variant;
