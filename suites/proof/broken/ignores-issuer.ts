import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The issuer of the callback is not compared, so a mix-up goes unseen.',
  behaviours: {
    readCallback: (query, logins, env) => {
      const rest = new URLSearchParams(query);
      rest.delete('iss');
      return readCallback(rest, logins, env);
    },
  },
  expect: { 'CODE-07': 'warn' },
} satisfies Variant;
