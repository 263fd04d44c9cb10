import { redeem } from '../client/login.ts';
import { authenticate, withBasic } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

let inBody = false;

export default {
  bug: 'After any refusal the same code is sent again with the credentials moved from the header to the body.',
  client: 'confidential',
  behaviours: {
    authenticate: (request, purpose, env) =>
      inBody || purpose !== 'code' ? authenticate(request, purpose, env) : withBasic(request, env),
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
