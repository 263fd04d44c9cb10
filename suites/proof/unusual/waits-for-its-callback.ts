import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A callback that is not its own is answered with an error page, and the login goes on waiting for the right one.',
  behaviours: {
    readCallback: (query, logins, env) => readCallback(query, { ...logins, takeOnly: () => undefined }, env),
  },
  expect: {},
} satisfies Variant;
