import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A confidential client sends its secret in the body and once more in the URL of the token endpoint.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) => {
      const named = authenticate(request, purpose, env);
      return { ...named, query: { client_secret: env.clientSecret ?? '' } };
    },
  },
  expect: { 'CA-08': 'warn', 'CODE-09': 'warn' },
} satisfies Variant;
