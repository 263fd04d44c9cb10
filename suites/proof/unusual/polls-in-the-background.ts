import { call } from '../client/call.ts';
import { redeem } from '../client/login.ts';
import type { Variant } from '../client/variant.ts';

const EVERY_MS = 700;
let timer: NodeJS.Timeout | undefined;

export default {
  bug: 'Besides the calls that it is asked for it polls the API by itself, as long as it is connected.',
  behaviours: {
    redeem: async (login, code, parts) => {
      const answer = await redeem(login, code, parts);
      if (answer.ok) {
        clearInterval(timer);
        timer = setInterval(() => {
          if (parts.store.read() === undefined) clearInterval(timer);
          else void call(parts);
        }, EVERY_MS);
      }
      return answer;
    },
  },
  expect: {},
} satisfies Variant;
