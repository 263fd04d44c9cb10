// The Salesforce connections of all users, one a session.
import { setTimeout as sleep } from 'node:timers/promises';
import { Busy, ConnectAgain, redeem, refresh, revoke } from './oauth.mjs';

/** Pauses before a refresh is tried again that Salesforce was busy with, in milliseconds. */
const pausesMs = [300, 900];

const merge = (answer, before) => ({
  accessToken: answer.access_token,
  // An answer without one leaves the old one valid (RFC 6749 §6).
  refreshToken: answer.refresh_token ?? before?.refreshToken,
  instanceUrl: answer.instance_url ?? before?.instanceUrl,
});

export function openConnections(store) {
  const tails = new Map();

  /** One at a time for each session; sessions do not wait for each other. */
  const alone = (session, work) => {
    const mine = (tails.get(session) ?? Promise.resolve()).then(work);
    const tail = mine
      .catch(() => undefined)
      .finally(() => {
        if (tails.get(session) === tail) tails.delete(session);
      });
    tails.set(session, tail);
    return mine;
  };

  const rotate = async (session, tokens, [pause, ...pauses] = pausesMs) => {
    try {
      const fresh = merge(await refresh(tokens.refreshToken), tokens);
      store.save(session, fresh);
      return fresh;
    } catch (error) {
      if (error instanceof ConnectAgain) store.clear(session);
      if (!(error instanceof Busy) || pause === undefined) throw error;
      await sleep(pause);
      return rotate(session, tokens, pauses);
    }
  };

  /** The tokens that replace `stale`: a second caller finds them in the store and does not refresh. */
  const renew = (session, stale) =>
    alone(session, async () => {
      const tokens = store.load(session);
      if (tokens === undefined) throw new ConnectAgain('not connected');
      return tokens.accessToken === stale ? rotate(session, tokens) : tokens;
    });

  const request = async ({ instanceUrl, accessToken }, path) => {
    const response = await fetch(new URL(path, instanceUrl), {
      headers: { authorization: `Bearer ${accessToken}` },
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, text: await response.text() };
  };

  return {
    connected: (session) => store.load(session) !== undefined,
    connect: (session, code, verifier) =>
      alone(session, async () => store.save(session, merge(await redeem(code, verifier)))),
    /** One request to the API; an expired session of Salesforce is renewed once. */
    async get(session, path) {
      const tokens = store.load(session);
      if (tokens === undefined) throw new ConnectAgain('not connected');
      const first = await request(tokens, path);
      if (first.status !== 401 || !first.text.includes('INVALID_SESSION_ID')) return first;
      return request(await renew(session, tokens.accessToken), path);
    },
    refresh: (session) => renew(session, store.load(session)?.accessToken),
    disconnect: (session) =>
      alone(session, async () => {
        const tokens = store.load(session);
        store.clear(session);
        if (tokens?.refreshToken) await revoke(tokens.refreshToken);
      }),
  };
}
