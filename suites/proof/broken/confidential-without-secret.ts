import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A confidential client redeems the code without its secret.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) =>
      authenticate(request, purpose, purpose === 'code' ? { ...env, clientSecret: undefined } : env),
  },
  expect: { 'CA-04': 'fail', 'CA-05': 'fail' },
} satisfies Variant;
