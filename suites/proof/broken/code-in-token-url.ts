import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'Everything of the token request is in the URL once more.',
  behaviours: {
    authenticate: (request, purpose, env) => {
      const named = authenticate(request, purpose, env);
      return { ...named, query: named.form };
    },
  },
  expect: { 'CODE-09': 'warn' },
} satisfies Variant;
