import { authenticate, withBasic } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A confidential client sends its secret in the body and in the Basic header.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) => withBasic(authenticate(request, purpose, env), env),
  },
  expect: { 'CA-07': 'warn' },
} satisfies Variant;
