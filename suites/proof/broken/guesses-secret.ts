import { redeem } from '../client/login.ts';
import { authenticate } from '../client/token-request.ts';
import type { Variant } from '../client/variant.ts';

let guess: string | undefined;

export default {
  bug: 'After invalid_client a public client tries again with secrets that it has lying about.',
  behaviours: {
    authenticate: (request, purpose, env) =>
      authenticate(request, purpose, guess === undefined ? env : { ...env, clientSecret: guess }),
    redeem: async (login, code, parts) => {
      let answer = await redeem(login, code, parts);
      for (guess of ['secret', 'changeme']) {
        if (answer.ok || !answer.error.includes('invalid_client')) break;
        answer = await redeem(login, code, parts);
      }
      guess = undefined;
      return answer;
    },
  },
  expect: { 'CA-11': 'warn' },
} satisfies Variant;
