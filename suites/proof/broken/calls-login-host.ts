import { apiRequest } from '../client/call.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'API calls go to the login host instead of the instance URL.',
  behaviours: {
    apiRequest: (tokens, env) => apiRequest({ ...tokens, instanceUrl: env.loginUrl }, env),
  },
  expect: { 'CODE-08': 'warn' },
} satisfies Variant;
