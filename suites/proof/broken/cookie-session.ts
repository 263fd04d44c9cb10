import { AsyncLocalStorage } from 'node:async_hooks';
import { renew } from '../client/renew.ts';
import type { Renewal } from '../client/renewal.ts';
import { createStore } from '../client/store.ts';
import type { Tokens } from '../client/tokens.ts';
import type { Variant } from '../client/variant.ts';
import { wrapActions } from '../client/actions.ts';

/** What one request of the user's browser found in its cookie, and what its answer will set. */
interface Cookie {
  tokens: Tokens | undefined;
}

const REMEMBERED_MS = 10_000;
const current = new AsyncLocalStorage<Cookie>();
/** Refreshes by the token that was sent: requests that carry the same cookie share one. */
const refreshes = new Map<string, Promise<Renewal>>();

export default {
  bug: 'Tokens live in a cookie: each request works on the copy that it came with, and its answer sets the cookie anew.',
  behaviours: {
    // The store stands for the jar of the user's browser, which outlives the application.
    createStore: (env) => {
      const jar = createStore(env);
      return {
        read: () => (current.getStore() ?? { tokens: jar.read() }).tokens,
        write: (tokens) => {
          const cookie = current.getStore();
          if (cookie === undefined) jar.write(tokens);
          else cookie.tokens = tokens;
        },
        clear: () => {
          const cookie = current.getStore();
          if (cookie === undefined) jar.clear();
          else cookie.tokens = undefined;
        },
      };
    },
    renew: async (stale, parts) => {
      const key = stale.refreshToken ?? '';
      const shared = refreshes.get(key) ?? renew(stale, parts);
      refreshes.set(key, shared);
      setTimeout(() => refreshes.delete(key), REMEMBERED_MS).unref();
      const renewal = await shared;
      if (renewal.ok) parts.store.write(renewal.tokens);
      else refreshes.delete(key);
      return renewal;
    },
    actions: (actions, parts) =>
      wrapActions(actions, (action) => async (request, emit) => {
        const cookie: Cookie = { tokens: parts.store.read() };
        const answer = await current.run(cookie, () => action(request, emit));
        if (cookie.tokens === undefined) parts.store.clear();
        else parts.store.write(cookie.tokens);
        return answer;
      }),
  },
  expect: { 'RTR-05': 'warn' },
} satisfies Variant;
