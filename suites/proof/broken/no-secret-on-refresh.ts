import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A confidential client leaves its secret out of the refresh.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) =>
      authenticate(request, purpose, purpose === 'refresh' ? { ...env, clientSecret: undefined } : env),
  },
  expect: { 'CA-06': 'warn' },
} satisfies Variant;
