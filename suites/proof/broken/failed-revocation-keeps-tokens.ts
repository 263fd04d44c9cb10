import { send } from '../client/http.ts';
import { toHttp } from '../client/token-request.ts';
import { failure } from '../client/actions.ts';
import type { Variant } from '../client/variant.ts';

export default {
  bug: 'When the revocation is refused the user stays logged in.',
  behaviours: {
    disconnect: async ({ env, behaviours, store }) => {
      const token = store.read()?.refreshToken ?? '';
      const bare = { path: '/services/oauth2/revoke', query: {}, headers: {}, form: { token } } as const;
      const answer = await send(toHttp(behaviours.authenticate(bare, 'revoke', env), env));
      if (answer.status !== 200) return failure('could not log out');
      store.clear();
      return { ok: true };
    },
  },
  // A refresh that is under way has rotated the token already, so the revocation of the old one is refused.
  expect: { 'SES-02': 'warn', 'RACE-09': 'warn' },
} satisfies Variant;
