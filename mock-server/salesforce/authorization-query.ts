/** Builds the authorization request for oidc-provider from the client's. */
import type { AuthorizationFacts } from '../../src/history/facts.ts';
import { appScopes, requestedScopes } from './scope.ts';
import type { Mode } from '../mock.ts';
import type { Switches } from '../switches/switches.ts';

/** Parameter that carries the client's response type. */
export const RESPONSE_TYPE = 'salesforce_response_type';

/** The only redirect URI that oidc-provider knows. The policy checks the client's own, which is restored in the answer. */
export const INNER_REDIRECT_URI = 'https://redirects-are-matched-by-the.mock.invalid/';

/** The parameter that carries the client's redirect URI. */
export const REDIRECT_URI = 'salesforce_redirect_uri';

/** Parameter with the thumbprint of the key that the client will prove (RFC 9449 §10). */
export const DPOP_JKT = 'dpop_jkt';

/** Response types of the user-agent flow: tokens in the fragment. */
export const USER_AGENT: ReadonlySet<string | null> = new Set([
  'token',
  'token id_token',
  'id_token token',
  'hybrid_token',
]);

/** Returns the parameters that Salesforce supports, with its names for scopes. A challenge that could never match, which only observing
 * mode accepts, is left out. The questions to the user are added later (sign-in/asking.ts). */
export function authorizationQuery(
  query: URLSearchParams,
  facts: AuthorizationFacts,
  mode: Mode,
  switches: Pick<Switches, 'appScopes' | 'missingMethod'>,
): URLSearchParams {
  const allowed = appScopes(switches.appScopes);
  const scopes = requestedScopes(query.get('scope'), allowed).filter((scope) => allowed.includes(scope));
  const out = new URLSearchParams({ scope: scopes.join(' ') });
  const userAgent = USER_AGENT.has(facts.responseType);
  if (userAgent) out.set(RESPONSE_TYPE, facts.responseType ?? '');
  const copied = [
    ...(userAgent ? [] : ['response_type']),
    'client_id',
    'redirect_uri',
    'state',
    ...(scopes.includes('openid') ? ['nonce'] : []),
  ];
  for (const name of copied) {
    const all = query.getAll(name);
    // oidc-provider refuses repeated parameters (RFC 6749 §3.1); observing mode takes the first.
    const values = mode === 'observing' ? all.slice(0, 1) : all;
    for (const value of values) out.append(name, name === 'redirect_uri' ? INNER_REDIRECT_URI : value);
  }
  out.set(REDIRECT_URI, query.get('redirect_uri') ?? '');
  if (userAgent) out.set('response_type', 'code');
  const jkt = query.get(DPOP_JKT);
  if (jkt !== null) out.set(DPOP_JKT, jkt);
  const hint = query.get('login_hint');
  if (hint !== null) out.set('login_hint', hint);
  const challenge = query.get('code_challenge');
  const s256 =
    facts.method === 'S256' || (facts.method === null && (mode === 'observing' || switches.missingMethod === 'S256'));
  const usable = facts.challenge?.wellFormed === true && s256;
  if (challenge !== null && usable) {
    out.set('code_challenge', challenge);
    out.set('code_challenge_method', 'S256');
  }
  return out;
}
