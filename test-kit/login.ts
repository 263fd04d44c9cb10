/** Logins for tests: a browser of few words, and a client that sends exactly what it is given. */
import { createHash, randomBytes } from 'node:crypto';
import type { Mock } from '../mock-server/mock.ts';

/** The app that tests give a mock. */
export const CLIENT_ID = '3MVG9mockClient.of_the_tests';
/** Its secret, where it is confidential. */
export const SECRET = 'A1B2C3D4E5F60718293A4B5C6D7E8F90';
/** Where its logins end: an address that nothing listens on. */
export const CALLBACK = 'http://127.0.0.1:53123/callback';

/** What a login gives a client. */
export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly [name: string]: string;
}

/** An answer that was read. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty for what is no JSON object. */
  readonly body: Readonly<Record<string, string>>;
}

type Fields = Readonly<Record<string, string>>;

/** Returns a verifier and its S256. */
export function pkce(verifier = randomBytes(32).toString('base64url')) {
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Returns what a client of a mock and its browser do: authorize, redeem, refresh, call. */
export function talk(mock: Pick<Mock, 'loginUrl' | 'instanceUrl' | 'hosts' | 'browserKey'>) {
  const token = async (fields: Fields | string, headers: Fields = {}, query = '', origin = mock.loginUrl) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return read(
      await fetch(`${origin}/services/oauth2/token${query}`, {
        method: 'POST',
        headers: { ...type, ...headers },
        body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
        redirect: 'manual',
      }),
    );
  };
  const authorizeUrl = (fields: Fields, origin = mock.loginUrl) => {
    const query = {
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: CALLBACK,
      scope: 'api refresh_token',
      ...fields,
    };
    return `${origin}/services/oauth2/authorize?${new URLSearchParams(query).toString()}`;
  };
  /** Opens a URL as the harness's browser does; returns where it left the mock, or the page where it stopped. */
  const browse = (url: string, user: string | null = 'U1') => visit(mock, url, { user });

  /** Code and verifier of one login. */
  const authorize = async (fields: Fields = {}, user = 'U1') => {
    const { verifier, challenge } = pkce();
    const url = authorizeUrl({ state: 'state-1', code_challenge: challenge, code_challenge_method: 'S256', ...fields });
    const { url: callback } = await browse(url, user);
    return { verifier, callback, code: callback?.searchParams.get('code') ?? '' };
  };
  const redeem = (login: { readonly code: string; readonly verifier: string }, fields: Fields = {}) =>
    token({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      redirect_uri: CALLBACK,
      code: login.code,
      code_verifier: login.verifier,
      ...fields,
    });
  const refresh = (refreshToken: string, fields: Fields = {}) =>
    token({ grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: refreshToken, ...fields });
  const login = async (fields: Fields = {}, user = 'U1', extra: Fields = {}): Promise<Tokens> => {
    const answer = await redeem(await authorize(fields, user), extra);
    if (answer.status !== 200) throw new Error(`login failed: ${answer.text}`);
    return answer.body as Tokens;
  };
  const call = async (accessToken: string | null, path = '/services/data/v67.0/limits', init: RequestInit = {}) =>
    read(
      await fetch(mock.instanceUrl + path, {
        ...init,
        headers: {
          ...(accessToken !== null && { authorization: `Bearer ${accessToken}` }),
          ...(init.headers as Fields),
        },
        redirect: 'manual',
      }),
    );
  return { token, authorizeUrl, browse, authorize, redeem, refresh, login, call };
}

/** Cookies of a browser, by name and path. */
export type Jar = Map<string, string>;

/** How a browser visits. */
export interface Visit {
  /** Whom the harness's browser signs in as; absent or null: a person's browser. */
  readonly user?: string | null;
  /** Sent instead of a GET. */
  readonly form?: Fields | undefined;
  /** Cookies of an earlier visit. */
  readonly jar?: Jar;
}

/** Follows redirects with cookies; resolves with the URL at which it left these hosts, or with the page at which it stopped. */
export async function visit(
  { hosts, browserKey }: { readonly hosts: Readonly<Record<string, string>>; readonly browserKey?: string },
  start: string,
  { user = null, form, jar = new Map() }: Visit = {},
) {
  let url = new URL(start);
  let body = form && new URLSearchParams(form).toString();
  for (let count = 0; count < 12; count += 1) {
    const path = url.pathname;
    const cookies = [...jar].filter(([name]) => path.startsWith(name.split(' ')[1] ?? '/'));
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      ...(body !== undefined && { body }),
      headers: {
        cookie: cookies.map(([name, value]) => `${name.split(' ')[0] ?? ''}=${value}`).join('; '),
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(user !== null && { 'x-sf-conformance-browser': `${browserKey ?? ''};user=${user}` }),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      jar.set(`${pair.slice(0, at)} ${/path=([^;]+)/i.exec(cookie)?.[1] ?? '/'}`, pair.slice(at + 1));
    }
    body = undefined;
    const location = response.headers.get('location');
    if (location === null) return { page: await read(response), at: url, jar };
    await response.arrayBuffer();
    url = new URL(location, url);
    if (!Object.values(hosts).includes(url.origin)) return { url, jar };
  }
  throw new Error('Redirects without end.');
}

/** Signs in at the mock's page as a person does, and delivers the callback to the client. */
export async function signIn(url: string, answer: 'allow' | 'deny' = 'allow'): Promise<void> {
  const mock = { hosts: { login: new URL(url).origin } };
  const { at, jar } = await visit(mock, url);
  if (at === undefined) throw new Error('It stopped at no page.');
  const { url: callback } = await visit(mock, at.href, { form: { user: 'U1', answer }, jar });
  if (callback === undefined) throw new Error('The sign-in did not end.');
  await fetch(callback);
}

async function read(response: Response): Promise<HttpAnswer> {
  const text = await response.text();
  let body: unknown = {};
  try {
    body = JSON.parse(text);
  } catch {
    // Pages and XML have no fields.
  }
  return { status: response.status, headers: response.headers, text, body: body as HttpAnswer['body'] };
}
