import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  name: 'code-in-token-url',
  bug: 'Everything of the token request is in the URL once more.',
  client: 'public',
  behaviours: {
    authenticate: (request, purpose, env) => {
      const named = authenticate(request, purpose, env);
      return { ...named, query: named.form };
    },
  },
  expect: { 'CODE-09': 'warn' },
} satisfies Variant;
