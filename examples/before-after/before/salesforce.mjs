// A connection to Salesforce, as it was written before PKCE and refresh token rotation were asked for.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const { SF_LOGIN_URL, SF_CLIENT_ID, SF_REDIRECT_URI, SF_SCOPES, SF_STATE_DIR } = process.env;
const file = join(SF_STATE_DIR, 'tokens.json');
// "It is in every copy of our app, but who would look for it?"
const clientSecret = '2E9C04B1D7F36A8850B1C2D3E4F5061728394A5B6C7D8E9F00112233445566AA';

export const load = () => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

async function token(fields) {
  const response = await fetch(`${SF_LOGIN_URL}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: SF_CLIENT_ID, client_secret: clientSecret, ...fields }),
  });
  return response.json();
}

export function connect(open) {
  return new Promise((resolve, reject) => {
    const server = createServer(async (request, response) => {
      const code = new URL(request.url, 'http://localhost').searchParams.get('code');
      response.end('You can close this page now.');
      server.close();
      server.closeAllConnections();
      try {
        const answer = await token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
        writeFileSync(file, JSON.stringify(answer));
        resolve();
      } catch (error) {
        reject(error);
      }
    });
    let redirectUri;
    server.listen(0, '127.0.0.1', () => {
      redirectUri = SF_REDIRECT_URI.replace(':0', `:${server.address().port}`);
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: SF_CLIENT_ID,
        redirect_uri: redirectUri,
        scope: SF_SCOPES,
      });
      open(`${SF_LOGIN_URL}/services/oauth2/authorize?${query}`);
    });
  });
}

const request = (tokens) =>
  fetch(`${tokens.instance_url}/services/data/v67.0/limits`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });

export async function get() {
  const tokens = load();
  const first = await request(tokens);
  if (first.status !== 401) return first.status;
  const answer = await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  // The refresh token stays the same for ever: it always has.
  tokens.access_token = answer.access_token;
  writeFileSync(file, JSON.stringify(tokens));
  return (await request(tokens)).status;
}
