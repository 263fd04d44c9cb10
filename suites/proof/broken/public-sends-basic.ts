import { authenticate, withBasic } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A public client sends a Basic header with its id and an empty password.',
  behaviours: {
    authenticate: (request, purpose, env) => withBasic(authenticate(request, purpose, env), env),
  },
  expect: { 'CA-02': 'warn', 'CA-03': 'fail', 'CA-10': 'fail' },
} satisfies Variant;
