import type { Environment } from './environment.ts';
import { authorize } from './login.ts';
import type { Behaviours, Parts } from './parts.ts';
import { createRedirects } from './redirects.ts';
import { failure } from './actions.ts';
import type { AllActions, Answer, Actions } from './actions.ts';

export interface Client {
  readonly actions: Actions;
  /** Resolves when no refresh is under way: the time to leave. */
  idle(): Promise<void>;
}

/** What the behaviours work on. */
export function createClientParts(env: Environment, behaviours: Behaviours): Parts {
  const logins = behaviours.createLogins();
  const parts: Parts = {
    env,
    behaviours,
    store: behaviours.createStore(env),
    lock: behaviours.createLock(env),
    flight: behaviours.createFlight(),
    logins,
    redirects: createRedirects(env.redirectUri, (query) => deliver(query, parts)),
  };
  return parts;
}

/** Puts the behaviours together. One client holds one user's tokens. */
export function createClient(env: Environment, behaviours: Behaviours): Client {
  const parts = createClientParts(env, behaviours);
  let begun = 0;
  const actions: AllActions = {
    authorize: (_request, emit) => authorize((begun += 1), emit, parts),
    redirect: ({ url }) => Promise.resolve(redirect(url, parts)),
    call: () => behaviours.call(parts),
    refresh: () => refresh(parts),
    status: () => behaviours.status(parts),
    disconnect: () => behaviours.disconnect(parts),
  };
  return { actions: behaviours.actions(actions, parts), idle: () => parts.flight.idle() };
}

/** Hands a callback to the login that it belongs to, and says whether it brought a code. */
function deliver(query: URLSearchParams, { env, behaviours, logins }: Parts): boolean {
  const callback = behaviours.readCallback(query, logins, env);
  callback.login?.settle(callback);
  return callback.kind === 'code';
}

async function refresh(parts: Parts): Promise<Answer> {
  const tokens = parts.store.read();
  if (tokens === undefined) return failure('not connected', true);
  const renewal = await parts.behaviours.renew(tokens, parts);
  return renewal.ok ? { ok: true } : failure(renewal.error, renewal.reauthorize);
}

function redirect(url: string | undefined, parts: Parts): Answer {
  if (url === undefined || !URL.canParse(url)) return failure('that is no address');
  deliver(new URL(url).searchParams, parts);
  return { ok: true };
}
