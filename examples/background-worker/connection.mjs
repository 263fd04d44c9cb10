// The connection to Salesforce: one for all processes that open the same store.
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

export function openConnection(store) {
  /** The tokens that replace `stale`: a second caller finds them in the store and does not refresh. */
  const renew = (stale) =>
    store.alone(async () => {
      const tokens = store.load();
      if (tokens === undefined) throw new ConnectAgain('not connected');
      if (tokens.accessToken !== stale) return tokens;
      return rotate(tokens);
    });

  const rotate = async (tokens, [pause, ...pauses] = pausesMs) => {
    try {
      const fresh = merge(await refresh(tokens.refreshToken), tokens);
      store.save(fresh);
      return fresh;
    } catch (error) {
      if (error instanceof ConnectAgain) store.clear();
      if (!(error instanceof Busy) || pause === undefined) throw error;
      await sleep(pause);
      return rotate(tokens, pauses);
    }
  };

  const request = async ({ instanceUrl, accessToken }, path) => {
    const response = await fetch(new URL(path, instanceUrl), {
      headers: { authorization: `Bearer ${accessToken}` },
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, text: await response.text() };
  };

  return {
    connected: () => store.load() !== undefined,
    connect: (login, code) => store.alone(async () => store.save(merge(await redeem(login, code)))),
    /** One request to the API; an expired session is renewed once. */
    async get(path) {
      const tokens = store.load();
      if (tokens === undefined) throw new ConnectAgain('not connected');
      const first = await request(tokens, path);
      if (first.status !== 401 || !first.text.includes('INVALID_SESSION_ID')) return first;
      return request(await renew(tokens.accessToken), path);
    },
    refresh: () => renew(store.load()?.accessToken),
    disconnect: () =>
      store.alone(async () => {
        const tokens = store.load();
        store.clear();
        if (tokens?.refreshToken) await revoke(tokens.refreshToken);
      }),
  };
}
