import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A public client sends a client_secret that was compiled into it.',
  behaviours: {
    authenticate: (request, purpose, env) =>
      authenticate(request, purpose, { ...env, clientSecret: 'compiled-into-the-app-3f9a1c' }),
  },
  expect: { 'CA-01': 'fail', 'CA-02': 'warn', 'CA-10': 'fail' },
} satisfies Variant;
