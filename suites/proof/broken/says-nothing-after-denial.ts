import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A callback with an error is passed over: the client goes on waiting for a code.',
  behaviours: {
    readCallback: (query, logins, env) =>
      query.has('error')
        ? { kind: 'refused', login: undefined, error: 'no code came' }
        : readCallback(query, logins, env),
  },
  expect: { 'AZ-07': 'warn' },
} satisfies Variant;
