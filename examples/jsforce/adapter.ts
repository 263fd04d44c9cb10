/**
 * An adapter on jsforce, as published and as its documentation shows it: OAuth2 with `useVerifier`, a Connection with a refresh
 * token, and a `refresh` listener that stores the new access token. Nothing is fixed here: it shows what jsforce itself does.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import jsforce from 'jsforce';

interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly instanceUrl: string;
}

interface Answer {
  readonly ok: boolean;
  readonly status?: number;
  readonly connected?: boolean;
  readonly error?: string;
  readonly reauthorize?: boolean;
}

const env = (name: string): string => process.env[name] ?? '';
const file = join(env('SF_STATE_DIR'), 'session.json');

// --- the session, as a small application stores it ---

function load(): Session | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Session;
  } catch {
    return undefined;
  }
}

function save(session: Session): void {
  mkdirSync(env('SF_STATE_DIR'), { recursive: true });
  writeFileSync(file, JSON.stringify(session), { mode: 0o600 });
}

// --- login ---

const logins = new Map<string, (callback: URLSearchParams) => void>();

/** The login of a state. A foreign state goes to the only login that is open, and is refused there. */
function take(state: string): ((callback: URLSearchParams) => void) | undefined {
  const key = logins.has(state) || logins.size !== 1 ? state : [...logins.keys()].join('');
  const settle = logins.get(key);
  logins.delete(key);
  return settle;
}

let ready: Promise<jsforce.OAuth2> | undefined;

/** One OAuth2 object for the life of the process, as in the documentation. */
function begin(): Promise<jsforce.OAuth2> {
  const registered = env('SF_REDIRECT_URI');
  const { port, pathname } = new URL(registered);
  const server = createServer((request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', registered);
    const settle = path === pathname ? take(searchParams.get('state') ?? '') : undefined;
    settle?.(searchParams);
    response.writeHead(settle ? 200 : 400, { 'content-type': 'text/plain' });
    response.end(settle ? 'You can close this page now.' : 'There is nothing to do here.');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port || 80), '127.0.0.1', () => {
      const opened = String((server.address() as AddressInfo).port);
      resolve(oauth2(registered.replace(/:0(?=\/|$)/, `:${opened}`)));
    });
  });
}

function oauth2(redirectUri: string): jsforce.OAuth2 {
  return new jsforce.OAuth2({
    loginUrl: env('SF_LOGIN_URL'),
    clientId: env('SF_CLIENT_ID'),
    redirectUri,
    useVerifier: true,
    ...(process.env['SF_CLIENT_SECRET'] === undefined ? {} : { clientSecret: env('SF_CLIENT_SECRET') }),
  });
}

async function authorize(): Promise<Answer> {
  const auth = await (ready ??= begin());
  const state = randomBytes(24).toString('base64url');
  const callback = new Promise<URLSearchParams>((resolve, reject) => {
    logins.set(state, resolve);
    setTimeout(() => {
      logins.delete(state);
      reject(new Error('no callback of this login came'));
    }, 20_000).unref();
  });
  write({ event: 'open', url: auth.getAuthorizationUrl({ scope: env('SF_SCOPES'), state }) });
  const query = await callback;
  const code = query.get('code');
  if (query.get('state') !== state) return { ok: false, error: 'login refused: the state is not ours' };
  if (code === null) return { ok: false, error: `login refused: ${query.get('error') ?? 'no code'}` };
  connection = connect({ oauth2: auth });
  await connection.authorize(code);
  store(connection);
  return { ok: true };
}

// --- calls ---

let connection: jsforce.Connection | undefined;

function connect(config: ConstructorParameters<typeof jsforce.Connection>[0]): jsforce.Connection {
  const opened = new jsforce.Connection(config);
  opened.on('refresh', () => store(opened));
  return opened;
}

/** What the connection holds after a login or a refresh. */
function store(opened: jsforce.Connection): void {
  save({
    accessToken: opened.accessToken ?? '',
    refreshToken: opened.refreshToken ?? '',
    instanceUrl: opened.instanceUrl,
  });
}

/** The connection of this process, or one from what was stored before a restart. */
function current(): jsforce.Connection | undefined {
  const session = load();
  if (session === undefined) return undefined;
  connection ??= connect({ oauth2: oauth2(env('SF_REDIRECT_URI')), ...session });
  return connection;
}

async function call(): Promise<Answer> {
  const opened = current();
  if (opened === undefined) return { ok: false, error: 'not connected', reauthorize: true };
  await opened.limits();
  return { ok: true, status: 200 };
}

async function disconnect(): Promise<Answer> {
  const opened = current();
  connection = undefined;
  rmSync(file, { force: true });
  await opened?.logout(true);
  return { ok: true };
}

// --- the adapter protocol: JSON lines ---

const actions = new Map<unknown, () => Promise<Answer>>([
  ['authorize', authorize],
  ['call', call],
  ['status', () => Promise.resolve({ ok: true, connected: load() !== undefined })],
  ['disconnect', disconnect],
]);

function write(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function answer(id: unknown, action: unknown): Promise<void> {
  const run = actions.get(action);
  if (!run) {
    write({ id, unsupported: true });
    return;
  }
  try {
    write({ id, ...(await run()) });
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : 'it failed';
    // What an application can go by: jsforce passes the error_description on and nothing else.
    write({ id, ok: false, error, ...(error.includes('expired access/refresh token') ? { reauthorize: true } : {}) });
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as { readonly id: unknown; readonly do: unknown };
  void answer(request.id, request.do);
}
process.exit(0);
