import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

const KNOWN = ['access_denied', 'access-denied', 'invalid_request'];

export default {
  bug: 'A callback with an error that the client does not know ends the process.',
  behaviours: {
    readCallback: (query, logins, env) => {
      if (!KNOWN.includes(query.get('error') ?? 'access_denied')) process.exit(7);
      return readCallback(query, logins, env);
    },
  },
  expect: { 'AZ-08': 'info' },
} satisfies Variant;
