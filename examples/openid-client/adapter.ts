/**
 * An adapter on openid-client, as published: a public client with PKCE and refresh token rotation.
 *
 * What the library does: verifier, challenge, state and issuer checks, both token requests, revocation.
 * What an application has to add, and does here: one refresh at a time, storing the new refresh token before it is used,
 * and telling a rejected token from the lock answer of Salesforce.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import * as client from 'openid-client';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly instanceUrl: string;
}

interface Answer {
  readonly ok: boolean;
  readonly status?: number;
  readonly connected?: boolean;
  readonly error?: string;
  readonly reauthorize?: boolean;
}

/** Only the user can fix it. */
class ConnectAgain extends Error {}

const env = (name: string): string => process.env[name] ?? '';
const loginUrl = env('SF_LOGIN_URL');
const file = join(env('SF_STATE_DIR'), 'tokens.json');

const config = new client.Configuration(
  {
    issuer: loginUrl,
    authorization_endpoint: `${loginUrl}/services/oauth2/authorize`,
    token_endpoint: `${loginUrl}/services/oauth2/token`,
    revocation_endpoint: `${loginUrl}/services/oauth2/revoke`,
  },
  env('SF_CLIENT_ID'),
  undefined,
  client.None(),
);
// The mock speaks plain HTTP on the loopback address; against Salesforce this line goes.
// eslint-disable-next-line @typescript-eslint/no-deprecated -- the library marks it so that it is not used by accident
if (loginUrl.startsWith('http:')) client.allowInsecureRequests(config);

// --- the token store ---

function load(): Tokens | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Tokens;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: a crash in between leaves the tokens of before. */
function save(answer: client.TokenEndpointResponse, before?: Tokens): Tokens {
  const tokens: Tokens = {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? before?.refreshToken,
    instanceUrl:
      typeof answer['instance_url'] === 'string' ? answer['instance_url'] : (before?.instanceUrl ?? loginUrl),
  };
  mkdirSync(env('SF_STATE_DIR'), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(tokens), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return tokens;
}

// --- login ---

interface Login {
  readonly verifier: string;
  readonly settle: (callback: URL) => void;
}

const logins = new Map<string, Login>();

/** The login of a state. A foreign state goes to the only login that is open, and the library refuses it there. */
function take(state: string): Login | undefined {
  const key = logins.has(state) || logins.size !== 1 ? state : [...logins.keys()].join('');
  const login = logins.get(key);
  logins.delete(key);
  return login;
}

let listening: Promise<string> | undefined;

/** One listener for all logins of this process; port 0 becomes a real one. */
function listen(): Promise<string> {
  const registered = env('SF_REDIRECT_URI');
  const { port, pathname } = new URL(registered);
  const server = createServer((request, response) => {
    const callback = new URL(request.url ?? '/', registered);
    const login = callback.pathname === pathname ? take(callback.searchParams.get('state') ?? '') : undefined;
    login?.settle(callback);
    response.writeHead(login ? 200 : 400, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
    response.end(login ? 'You can close this page now.' : 'There is nothing to do here.');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port || 80), '127.0.0.1', () => {
      resolve(registered.replace(/:0(?=\/|$)/, `:${String((server.address() as AddressInfo).port)}`));
    });
  });
}

async function authorize(): Promise<Answer> {
  const redirectUri = await (listening ??= listen());
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const callback = new Promise<URL>((settle) => logins.set(state, { verifier, settle }));
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: env('SF_SCOPES'),
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  write({ event: 'open', url: url.href });
  const { search } = await Promise.race([
    callback,
    sleep(20_000, undefined, { ref: false }).then(() => {
      logins.delete(state);
      throw new Error('no callback of this login came');
    }),
  ]);
  const current = new URL(redirectUri);
  current.search = search;
  save(await client.authorizationCodeGrant(config, current, { pkceCodeVerifier: verifier, expectedState: state }));
  return { ok: true };
}

// --- calls ---

let refreshing: Promise<Tokens> | undefined;

/** Returns the new tokens to a caller whose tokens have been replaced already. */
function renew(stale: Tokens): Promise<Tokens> {
  const stored = load();
  return stored && stored.accessToken !== stale.accessToken ? Promise.resolve(stored) : refreshOnce();
}

/** One refresh at a time: other callers wait for it. */
function refreshOnce(): Promise<Tokens> {
  refreshing ??= refresh().finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

async function refresh(attempt = 1): Promise<Tokens> {
  const tokens = load();
  if (!tokens?.refreshToken) throw new ConnectAgain('not connected');
  try {
    const answer = await client.refreshTokenGrant(config, tokens.refreshToken);
    // A logout or a new login in between counts more than this answer.
    if (load()?.refreshToken !== tokens.refreshToken) throw new ConnectAgain('logged out meanwhile');
    return save(answer, tokens);
  } catch (cause) {
    if (!(cause instanceof client.ResponseBodyError) || cause.error !== 'invalid_grant') throw cause;
    // Reasons that pass: the token works again from another address, at another hour, or later.
    if (/ip restricted|login hours|login rate/u.test(cause.error_description ?? '')) throw cause;
    if (!cause.error_description?.includes('already being processed')) {
      rmSync(file, { force: true });
      throw new ConnectAgain('the refresh token was rejected');
    }
    if (attempt > 1) throw cause;
    await sleep(300);
    return refresh(attempt + 1);
  }
}

async function request(tokens: Tokens): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${tokens.instanceUrl}/services/data/v67.0/limits`, {
    headers: { authorization: `Bearer ${tokens.accessToken}` },
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, text: await response.text() };
}

async function call(): Promise<Answer> {
  const tokens = load();
  if (!tokens) throw new ConnectAgain('not connected');
  const first = await request(tokens);
  const ended = first.status === 401 && first.text.includes('INVALID_SESSION_ID');
  const { status } = ended ? await request(await renew(tokens)) : first;
  return status < 300 ? { ok: true, status } : { ok: false, status, error: `the API answered ${String(status)}` };
}

async function disconnect(): Promise<Answer> {
  await refreshing?.catch(() => undefined);
  const tokens = load();
  rmSync(file, { force: true });
  // Salesforce answers 400 for a token that is dead already: logged out all the same.
  if (tokens?.refreshToken) await client.tokenRevocation(config, tokens.refreshToken).catch(() => undefined);
  return { ok: true };
}

// --- the adapter protocol: JSON lines ---

const actions = new Map<unknown, () => Promise<Answer>>([
  ['authorize', authorize],
  ['call', call],
  ['refresh', async () => ({ ok: (await refreshOnce()).accessToken !== '' })],
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
    write({ id, ok: false, error, ...(cause instanceof ConnectAgain ? { reauthorize: true } : {}) });
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as { readonly id: unknown; readonly do: unknown };
  void answer(request.id, request.do);
}
process.exit(0);
