import { authenticate, withBasic } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A confidential client puts its secret into the Basic header as it is, without form-encoding.',
  client: 'confidential',
  clientSecret: 'p%2Bass+word=for/acme&co%25-0123456789',
  behaviours: {
    authenticate: (request, purpose, env) =>
      withBasic(authenticate(request, purpose, { ...env, clientSecret: undefined }), env, (text) => text),
  },
  expect: { 'CA-04': 'warn', 'CA-09': 'warn' },
} satisfies Variant;
