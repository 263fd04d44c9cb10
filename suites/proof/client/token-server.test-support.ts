/** A small token server for the tests of the reference client: strict where the client must be right, and easy to disturb. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TokenServer {
  readonly origin: string;
  /** Form fields of every request to the token and revocation endpoints, with the path as `path` and the arrival as `at`. */
  readonly posts: readonly Readonly<Record<string, string>>[];
  readonly refreshes: number;
  /** Access tokens of every API request, in order. */
  readonly apiTokens: readonly string[];
  /** Every access token is dead from now on. */
  expire(): void;
  /** The next token requests are answered so, one after the other, before the server looks at them. */
  answerNext(...replies: readonly Reply[]): void;
  /** API requests wait until `count` of them are there, once. */
  gather(count: number): void;
  /** Refreshes are held from now on. Resolves with what lets them go, once `count` of them are there. */
  holdRefreshes(count: number): Promise<() => void>;
  close(): Promise<void>;
}

/** Starts it on a free port. Codes and refresh tokens work once; a second use of a refresh token kills it. */
export async function startTokenServer(): Promise<TokenServer> {
  const posts: Record<string, string>[] = [];
  const apiTokens: string[] = [];
  const codes = new Map<string, string>();
  const replies: Reply[] = [];
  let waiting: (() => void)[] = [];
  let gathering = 0;
  let hold: { readonly count: number; arrived: number; full(): void; readonly over: Promise<unknown> } | undefined;
  let head = '';
  let live = '';

  const grant = (): Reply => {
    head = `RT${randomBytes(24).toString('hex')}`;
    live = `00D!AT${randomBytes(24).toString('hex')}`;
    const id = `${origin()}/id/00D000000000001EAA/005000000000001AAA`;
    const always = { token_type: 'Bearer', instance_url: origin(), id, issued_at: '1' };
    return { status: 200, body: { access_token: live, refresh_token: head, ...always } };
  };
  const refuse = (description: string): Reply => ({
    status: 400,
    body: { error: 'invalid_grant', error_description: description },
  });
  const token = (form: Record<string, string>): Reply => {
    const canned = replies.shift();
    if (canned !== undefined) return canned;
    if (form['grant_type'] === 'authorization_code') {
      const challenge = codes.get(form['code'] ?? '');
      codes.delete(form['code'] ?? '');
      const digest = createHash('sha256')
        .update(form['code_verifier'] ?? '')
        .digest('base64url');
      return challenge === digest ? grant() : refuse('invalid code verifier');
    }
    if (form['refresh_token'] === head && head !== '') return grant();
    head = live = '';
    return refuse('expired access/refresh token');
  };
  const api = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sent = (request.headers.authorization ?? '').replace(/^(?:Bearer|DPoP) /u, '');
    apiTokens.push(sent);
    const alive = sent === live && live !== '';
    if (gathering > 0) await arrive();
    if (alive) reply(response, { status: 200, body: {} });
    else reply(response, { status: 401, body: [{ message: 'Session expired', errorCode: 'INVALID_SESSION_ID' }] });
  };
  const arrive = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length < gathering) return;
      const all = waiting;
      gathering = 0;
      waiting = [];
      for (const go of all) go();
    });
  const held = async (): Promise<void> => {
    if (hold === undefined) return;
    hold.arrived += 1;
    if (hold.arrived === hold.count) hold.full();
    await hold.over;
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', origin());
    if (url.pathname.startsWith('/services/data/')) {
      await api(request, response);
    } else if (url.pathname === '/services/oauth2/authorize') {
      const code = randomBytes(16).toString('hex');
      codes.set(code, url.searchParams.get('code_challenge') ?? '');
      const target = new URL(url.searchParams.get('redirect_uri') ?? '');
      target.search = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }).toString();
      reply(response, { status: 302, body: '', headers: { location: target.href } });
    } else {
      const form = Object.fromEntries(new URLSearchParams(await read(request)));
      posts.push({ ...form, path: url.pathname, at: String(Date.now()) });
      if (form['grant_type'] === 'refresh_token') await held();
      if (url.pathname === '/services/oauth2/revoke') head = live = '';
      reply(response, url.pathname === '/services/oauth2/revoke' ? { status: 200, body: '' } : token(form));
    }
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const origin = (): string => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: origin(),
    posts,
    apiTokens,
    get refreshes() {
      return posts.filter((form) => form['grant_type'] === 'refresh_token').length;
    },
    expire: () => {
      live = '';
    },
    answerNext: (...next) => {
      replies.push(...next);
    },
    gather: (count) => {
      gathering = count;
    },
    holdRefreshes: (count) =>
      new Promise((resolve) => {
        const over = Promise.withResolvers<undefined>();
        const release = (): void => {
          hold = undefined;
          over.resolve(undefined);
        };
        hold = { count, arrived: 0, full: () => resolve(release), over: over.promise };
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function reply(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
