import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A callback with a parameter that the client does not know is refused.',
  behaviours: {
    readCallback: (query, logins, env) => {
      const callback = readCallback(query, logins, env);
      const extra = [...query.keys()].find(
        (name) => !['code', 'state', 'iss', 'error', 'error_description'].includes(name),
      );
      if (callback.kind === 'refused' || extra === undefined) return callback;
      return { kind: 'refused', login: callback.login, error: 'the callback has an unknown parameter' };
    },
  },
  expect: { 'CODE-06': 'warn' },
} satisfies Variant;
