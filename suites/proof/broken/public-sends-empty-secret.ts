import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'public-sends-empty-secret',
  bug: 'A public client sends the parameter client_secret with no value.',
  client: 'public',
  behaviours: { authenticate: (request, purpose, env) => authenticate(request, purpose, { ...env, clientSecret: '' }) },
  expect: { 'CA-01': 'fail', 'CA-02': 'warn', 'CA-10': 'fail' },
} satisfies Variant;
