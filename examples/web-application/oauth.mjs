// The requests of a confidential client: the secret and the verifier go along in the body.
import { createHash, randomBytes } from 'node:crypto';

const { SF_LOGIN_URL: loginUrl = 'https://login.salesforce.com', SF_SCOPES: scope = 'api refresh_token' } = process.env;
const {
  SF_CLIENT_ID: client_id = '',
  SF_CLIENT_SECRET: client_secret = '',
  SF_REDIRECT_URI: redirect_uri = '',
} = process.env;
const deadlineMs = 30_000;

export const random = () => randomBytes(32).toString('base64url');

/** Only the user can fix it: connect again. */
export class ConnectAgain extends Error {}

/** Salesforce is working on another request with this very token: nothing is lost. */
export class Busy extends Error {}

export function authorizationUrl(state, verifier) {
  const url = new URL('/services/oauth2/authorize', loginUrl);
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const pkce = { code_challenge, code_challenge_method: 'S256' };
  url.search = new URLSearchParams({ response_type: 'code', client_id, redirect_uri, scope, state, ...pkce });
  return url.href;
}

/** Absent where the server does not say who it is (RFC 9207). */
export const isIssuer = (issuer) => issuer === undefined || issuer === loginUrl || issuer === `${loginUrl}/`;

export const redeem = (code, code_verifier) =>
  token({ grant_type: 'authorization_code', code, redirect_uri, code_verifier });

export const refresh = (refresh_token) => token({ grant_type: 'refresh_token', refresh_token });

/** Salesforce answers 400 for a token that is dead already: logged out all the same. */
export async function revoke(token) {
  await post('/services/oauth2/revoke', { token }).catch(() => undefined);
}

async function token(fields) {
  const response = await post('/services/oauth2/token', { client_id, client_secret, ...fields });
  const answer = await response.json().catch(() => ({}));
  if (response.ok && typeof answer.access_token === 'string') return answer;
  if (response.status === 400 && answer.error === 'invalid_grant') {
    if (/already being processed/u.test(answer.error_description ?? ''))
      throw new Busy('a refresh is under way elsewhere');
    // Reasons that pass: the token works again from another address, at another hour, or later.
    if (/ip restricted|login hours|login rate/u.test(answer.error_description ?? ''))
      throw new Error(`not now: ${answer.error_description}`);
    throw new ConnectAgain('the grant was rejected');
  }
  throw new Error(`the token endpoint answered ${response.status}`);
}

/** A redirect is not followed: tokens and secret go to the host that they were meant for. */
function post(path, fields) {
  const body = new URLSearchParams(fields);
  return fetch(new URL(path, loginUrl), {
    method: 'POST',
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(deadlineMs),
  });
}
