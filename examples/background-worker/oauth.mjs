// The requests to Salesforce's OAuth endpoints. Knows nothing of the store.
import { createHash, randomBytes } from 'node:crypto';

const {
  SF_LOGIN_URL: loginUrl = 'https://login.salesforce.com',
  SF_CLIENT_ID: clientId = '',
  SF_SCOPES = '',
} = process.env;
const deadlineMs = 30_000;
const random = () => randomBytes(32).toString('base64url');

/** Only the user can fix it: connect again. */
export class ConnectAgain extends Error {}

/** Salesforce is working on another request with this very token: nothing is lost. */
export class Busy extends Error {}

/** A new login: 43 characters of randomness that only this process knows, and their hash for the address bar. */
export function newLogin(redirectUri) {
  const [verifier, state] = [random(), random()];
  const url = new URL('/services/oauth2/authorize', loginUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: SF_SCOPES,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return { url: url.href, state, verifier, redirectUri };
}

export const redeem = (login, code) =>
  token({ grant_type: 'authorization_code', code, redirect_uri: login.redirectUri, code_verifier: login.verifier });

export const refresh = (refreshToken) => token({ grant_type: 'refresh_token', refresh_token: refreshToken });

/** Salesforce answers 400 for a token that is dead already: logged out all the same. */
export async function revoke(refreshToken) {
  await post('/services/oauth2/revoke', { token: refreshToken }).catch(() => undefined);
}

async function token(fields) {
  const response = await post('/services/oauth2/token', { client_id: clientId, ...fields });
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
  throw new Error(
    `the token endpoint answered ${response.status} ${typeof answer.error === 'string' ? answer.error : ''}`,
  );
}

/** A redirect is not followed: tokens go to the host that they were meant for. */
function post(path, fields) {
  const body = new URLSearchParams(fields);
  return fetch(new URL(path, loginUrl), {
    method: 'POST',
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(deadlineMs),
  });
}
