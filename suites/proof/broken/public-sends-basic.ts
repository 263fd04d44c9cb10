import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'A public client sends a Basic header with its id and an empty password.',
  behaviours: {
    authenticate: (request, purpose, env) => {
      const header = Buffer.from(`${encodeURIComponent(env.clientId)}:`).toString('base64');
      const named = authenticate(request, purpose, env);
      return { ...named, headers: { ...named.headers, authorization: `Basic ${header}` } };
    },
  },
  expect: { 'CA-02': 'warn', 'CA-03': 'fail', 'CA-10': 'fail' },
} satisfies Variant;
