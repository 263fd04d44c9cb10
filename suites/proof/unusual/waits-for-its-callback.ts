import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'waits-for-its-callback',
  bug: 'A callback that is not its own is answered with an error page, and the login goes on waiting for the right one.',
  client: 'public',
  behaviours: {
    readCallback: (query, logins, env) => readCallback(query, { ...logins, takeOnly: () => undefined }, env),
  },
  expect: {},
} satisfies Variant;
