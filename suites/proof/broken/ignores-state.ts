import { readCallback } from '../client/callback.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'ignores-state',
  bug: 'The state is sent and never compared.',
  client: 'public',
  behaviours: {
    readCallback: (query, logins, env) =>
      readCallback(query, { ...logins, take: (state) => logins.take(state) ?? logins.takeOnly() }, env),
  },
  expect: { 'AZ-04': 'warn', 'AZ-05': 'warn' },
} satisfies Variant;
