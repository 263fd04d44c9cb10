import { redeem } from '../client/login.ts';
import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

let inBody = false;

export default {
  bug: 'After any refusal the same code is sent again with the credentials moved from the header to the body.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) => {
      if (inBody || purpose !== 'code') return authenticate(request, purpose, env);
      const pair = [env.clientId, env.clientSecret ?? ''].map(encodeURIComponent).join(':');
      const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
      return { ...request, headers: { ...request.headers, authorization } };
    },
    redeem: async (login, code, parts) => {
      inBody = false;
      const answer = await redeem(login, code, parts);
      if (answer.ok) return answer;
      inBody = true;
      return redeem(login, code, parts);
    },
  },
  expect: { 'CA-04': 'warn', 'CODE-10': 'warn' },
} satisfies Variant;
