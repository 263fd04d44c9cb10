import type { Parts } from './parts.ts';
import { toHttp } from './token-request.ts';
import type { Answer } from './actions.ts';

/**
 * Waits for a refresh that is under way, forgets the tokens, and revokes the newest refresh token by POST (RFC 7009 §2.1).
 *
 * The user is logged out also when the server says that the token is dead already (RFC 7009 §2.2) or says nothing.
 */
export async function disconnect({ env, behaviours, store, lock, flight }: Parts): Promise<Answer> {
  await flight.idle();
  await lock.run(async () => {
    const token = store.read()?.refreshToken;
    store.clear();
    if (token === undefined) return;
    const bare = { path: '/services/oauth2/revoke', query: {}, headers: {}, form: { token } } as const;
    await behaviours.send(toHttp(behaviours.authenticate(bare, 'revoke', env), env), 'revoke').catch(() => undefined);
  });
  return { ok: true };
}

/** Connected as long as there are tokens. */
export function status({ store }: Parts): Promise<Answer> {
  return Promise.resolve({ ok: true, connected: store.read() !== undefined });
}
