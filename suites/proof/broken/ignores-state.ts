import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'The state is sent and never compared.',
  behaviours: {
    readCallback: (query, logins, env) =>
      readCallback(query, { ...logins, take: (state) => logins.take(state) ?? logins.takeOnly() }, env),
  },
  expect: { 'AZ-04': 'warn', 'AZ-05': 'warn' },
} satisfies Variant;
