import { apiRequest } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'calls-login-host',
  bug: 'API calls go to the login host instead of the instance URL.',
  client: 'public',
  behaviours: {
    apiRequest: (tokens, env) => apiRequest({ ...tokens, instanceUrl: env.loginUrl }, env),
  },
  expect: { 'CODE-08': 'warn' },
} satisfies Variant;
