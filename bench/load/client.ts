/** An OAuth client of few words: what every server is put to work with, in the same way. */
import { createHash, randomBytes } from 'node:crypto';
import { openConnection, type Connection, type Reply } from './connection.ts';

/** A server under load and how it knows the client. */
export interface Target {
  /** Both on one origin. */
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  /** Sent while signing in: what makes a server sign in by itself. */
  readonly browserHeaders: Readonly<Record<string, string>>;
}

export interface LoadClient {
  /** PKCE login, from the authorization request to the tokens. Resolves with the refresh token. */
  login(): Promise<string>;
  /** Resolves with the successor. */
  refresh(refreshToken: string): Promise<string>;
  close(): void;
}

const MOST_REDIRECTS = 8;

/** One client on one connection. Everything that is not the expected answer is an error. */
export function createLoadClient(target: Target): LoadClient {
  const connection = openConnection(new URL(target.tokenUrl).origin);
  const tokenPath = new URL(target.tokenUrl).pathname;

  const token = async (fields: Readonly<Record<string, string>>): Promise<string> => {
    const body = new URLSearchParams({ client_id: target.clientId, ...fields }).toString();
    const reply = await connection.send({ method: 'POST', path: tokenPath, body });
    const found = reply.status === 200 ? (JSON.parse(reply.body) as { refresh_token?: string }) : {};
    if (found.refresh_token === undefined) throw new Error(`${String(reply.status)} ${reply.body.slice(0, 200)}`);
    return found.refresh_token;
  };

  return {
    async login() {
      const verifier = randomBytes(32).toString('base64url');
      const code = await authorize(connection, target, createHash('sha256').update(verifier).digest('base64url'));
      return token({
        ...{ grant_type: 'authorization_code', redirect_uri: target.redirectUri },
        ...{ code, code_verifier: verifier },
      });
    },
    refresh: (refreshToken) => token({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    close: () => {
      connection.close();
    },
  };
}

/** Follows the redirects with a cookie jar, as a browser does, to the callback. */
async function authorize(connection: Connection, target: Target, challenge: string): Promise<string> {
  const jar = new Map<string, string>();
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: target.clientId, redirect_uri: target.redirectUri, scope: target.scope },
    ...{ state: randomBytes(12).toString('base64url'), code_challenge: challenge, code_challenge_method: 'S256' },
  });
  let url = new URL(`${target.authorizeUrl}?${query.toString()}`);
  for (let count = 0; count < MOST_REDIRECTS; count += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...target.browserHeaders, ...(cookie !== '' && { Cookie: cookie }) };
    const reply = await connection.send({ method: 'GET', path: url.pathname + url.search, headers });
    keepCookies(reply, jar);
    const [location] = reply.header('location');
    if (location === undefined) throw new Error(`${String(reply.status)} ${reply.body.slice(0, 200)}`);
    url = new URL(location, url);
    if (location.startsWith(target.redirectUri)) break;
  }
  const code = url.searchParams.get('code');
  if (code === null) throw new Error(`no code: ${url.href.slice(0, 200)}`);
  return code;
}

function keepCookies(reply: Reply, jar: Map<string, string>): void {
  for (const cookie of reply.header('set-cookie')) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (name === undefined || value === undefined) continue;
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  }
}
