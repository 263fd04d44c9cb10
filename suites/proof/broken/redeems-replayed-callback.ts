import { readCallback } from '../client/callback.ts';
import { redeem } from '../client/login.ts';
import type { Variant } from '../client/variant.ts';

let again: ((code: string | null) => void) | undefined;

export default {
  bug: 'A callback that comes a second time is redeemed a second time.',
  behaviours: {
    readCallback: (query, logins, env) => {
      const callback = readCallback(query, logins, env);
      if (callback.kind === 'refused') again?.(query.get('code'));
      return callback;
    },
    redeem: (login, code, parts) => {
      again = (repeated) => {
        if (repeated === code) void redeem(login, code, parts);
      };
      return redeem(login, code, parts);
    },
  },
  expect: { 'AZ-06': 'warn' },
} satisfies Variant;
