import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A confidential client puts its secret into the Basic header as it is, without form-encoding.',
  client: 'confidential',
  clientSecret: 'p%2Bass+word=for/acme&co%25-0123456789',
  behaviours: {
    authenticate: (request, purpose, env) => {
      const named = authenticate(request, purpose, { ...env, clientSecret: undefined });
      const pair = `${env.clientId}:${env.clientSecret ?? ''}`;
      return {
        ...named,
        headers: { ...named.headers, authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
      };
    },
  },
  expect: { 'CA-04': 'warn', 'CA-09': 'warn' },
} satisfies Variant;
