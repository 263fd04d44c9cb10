import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A confidential client sends its secret in the body and in the Basic header.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) => {
      const named = authenticate(request, purpose, env);
      const pair = [env.clientId, env.clientSecret ?? ''].map(encodeURIComponent).join(':');
      return {
        ...named,
        headers: { ...named.headers, authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
      };
    },
  },
  expect: { 'CA-07': 'warn' },
} satisfies Variant;
