import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A wrong state is refused, a missing one is not.',
  behaviours: {
    readCallback: (query, logins, env) =>
      readCallback(
        query,
        { ...logins, take: (state) => (state === null ? logins.takeOnly() : logins.take(state)) },
        env,
      ),
  },
  expect: { 'AZ-05': 'warn' },
} satisfies Variant;
