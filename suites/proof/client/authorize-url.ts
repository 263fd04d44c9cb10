import type { Environment } from './environment.ts';
import type { Login } from './logins.ts';

/** The query of the authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3). */
export function authorizeQuery(
  login: Login,
  pkce: Readonly<Record<string, string>>,
  env: Environment,
): Record<string, string> {
  return {
    response_type: 'code',
    client_id: env.clientId,
    redirect_uri: login.redirectUri,
    scope: env.scopes,
    state: login.state,
    ...pkce,
  };
}
