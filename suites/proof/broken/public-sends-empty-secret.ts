import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A public client sends the parameter client_secret with no value.',
  behaviours: { authenticate: (request, purpose, env) => authenticate(request, purpose, { ...env, clientSecret: '' }) },
  expect: { 'CA-01': 'fail', 'CA-02': 'warn', 'CA-10': 'fail' },
} satisfies Variant;
