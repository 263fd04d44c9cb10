/** A login, from the authorization URL to stored tokens. */
import { ask } from './ask.ts';
import type { Callback, Login } from './logins.ts';
import type { Parts } from './parts.ts';
import { failure } from './actions.ts';
import type { Answer, Emit } from './actions.ts';

/** How long the user may take. */
const USER_MS = 120_000;

/** Hands out the authorization URL, waits for the callback of this very login, and redeems its code. */
export async function authorize(n: number, emit: Emit, parts: Parts): Promise<Answer> {
  const { env, behaviours, logins, redirects } = parts;
  const redirectUri = await redirects.open();
  const { promise, resolve } = Promise.withResolvers<Callback>();
  const state = behaviours.state();
  const login: Login = { state, verifier: behaviours.verifier({ state, n, env }), redirectUri, settle: resolve };
  const deadline = setTimeout(resolve, USER_MS, { kind: 'refused', login, error: 'the user did not sign in' });
  try {
    logins.add(login);
    const query = behaviours.authorizeQuery(login, behaviours.challenge(login.verifier), env);
    emit({ event: 'open', url: `${env.loginUrl}/services/oauth2/authorize?${new URLSearchParams(query).toString()}` });
    const callback = await promise;
    if (callback.kind === 'refused') return failure(callback.error);
    return await behaviours.redeem(callback.login, callback.code, parts);
  } finally {
    clearTimeout(deadline);
    logins.remove(login);
    redirects.release();
  }
}

/** A code is sent once, whatever the answer (RFC 6749 §4.1.2). A new login replaces whatever was stored. */
export async function redeem(login: Login, code: string, parts: Parts): Promise<Answer> {
  const { env, behaviours, store } = parts;
  const outcome = await ask(behaviours.codeForm(login, code, env), 'code', parts);
  if (outcome.kind !== 'granted') return failure(outcome.error);
  store.write(behaviours.merge(undefined, outcome.granted, env.loginUrl));
  return { ok: true };
}
