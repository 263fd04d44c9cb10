import { authenticate, withBasic } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A confidential client sends its secret in the Basic header, not in the client_secret parameter.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) =>
      withBasic(authenticate(request, purpose, { ...env, clientSecret: undefined }), env),
  },
  expect: { 'CA-04': 'warn' },
} satisfies Variant;
