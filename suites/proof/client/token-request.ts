/** The requests to the token and revocation endpoints, before the client authenticates itself. */
import type { Environment } from './environment.ts';
import type { Login } from './logins.ts';
import type { Tokens } from './tokens.ts';
import type { HttpRequest } from './http.ts';

/** What a request is for: clients are known to authenticate differently on each. */
export type Purpose = 'code' | 'refresh' | 'revoke';

/** A request whose parts a behaviour can change before it is sent. */
export interface TokenRequest {
  readonly path: '/services/oauth2/token' | '/services/oauth2/revoke';
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

/** Redeems a code with the verifier of its own login (RFC 6749 §4.1.3, RFC 7636 §4.5). */
export function codeForm(login: Login, code: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    code,
    redirect_uri: login.redirectUri,
    code_verifier: login.verifier,
  };
}

/** Redeems a refresh token. No scope: Salesforce refuses it there. */
export function refreshForm(tokens: Tokens): Record<string, string> {
  return { grant_type: 'refresh_token', refresh_token: tokens.refreshToken ?? '' };
}

/** The client names itself; a confidential one proves itself with the `client_secret` parameter (RFC 6749 §2.3.1). */
export function authenticate(request: TokenRequest, _purpose: Purpose, env: Environment): TokenRequest {
  const secret = env.clientSecret === undefined ? {} : { client_secret: env.clientSecret };
  return { ...request, form: { ...request.form, client_id: env.clientId, ...secret } };
}

/** Adds `Authorization: Basic`: the secret in the header (RFC 6749 §2.3.1).
 * @param encode what becomes of identifier and secret before they are joined */
export function withBasic(
  request: TokenRequest,
  { clientId, clientSecret = '' }: Environment,
  encode: (text: string) => string = encodeURIComponent,
): TokenRequest {
  const pair = [clientId, clientSecret].map(encode).join(':');
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  return { ...request, headers: { ...request.headers, authorization } };
}

/** As it goes on the wire. */
export function toHttp(request: TokenRequest, env: Environment): HttpRequest {
  const query = new URLSearchParams(request.query).toString();
  return {
    method: 'POST',
    url: `${env.loginUrl}${request.path}${query === '' ? '' : `?${query}`}`,
    headers: request.headers,
    form: new URLSearchParams(request.form),
  };
}
