import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A public client sends no secret at login and an empty one with each refresh.',
  behaviours: {
    authenticate: (request, purpose, env) =>
      authenticate(request, purpose, purpose === 'refresh' ? { ...env, clientSecret: '' } : env),
  },
  expect: { 'CA-02': 'warn' },
} satisfies Variant;
