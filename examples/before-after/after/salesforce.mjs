// The same connection, made compliant. The numbers are those of the table in README.md.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const { SF_LOGIN_URL, SF_CLIENT_ID, SF_REDIRECT_URI, SF_SCOPES, SF_STATE_DIR } = process.env;
const file = join(SF_STATE_DIR, 'tokens.json');
const random = () => randomBytes(32).toString('base64url');

/** Only the user can fix it. */
export class ConnectAgain extends Error {}
class Busy extends Error {}

export const load = () => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

// 5: written as a whole or not at all, and readable by this user only.
function save(tokens) {
  writeFileSync(`${file}.new`, JSON.stringify(tokens), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return tokens;
}

// 3: no client secret. A public client cannot keep one, and the verifier takes its place.
async function token(fields) {
  const response = await fetch(`${SF_LOGIN_URL}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: SF_CLIENT_ID, ...fields }),
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok && typeof answer.access_token === 'string') return answer;
  // 7: "busy" is no rejection, and an outage is none either.
  if (response.status !== 400 || answer.error !== 'invalid_grant') throw new Error(`no token: ${response.status}`);
  if (/already being processed/u.test(answer.error_description ?? '')) throw new Busy('a refresh is under way');
  // Reasons that pass: the token works again from another address, at another hour, or later.
  if (/ip restricted|login hours|login rate/u.test(answer.error_description ?? ''))
    throw new Error(`not now: ${answer.error_description}`);
  throw new ConnectAgain('the grant was rejected');
}

export async function connect(open) {
  // 1 and 2: a fresh verifier and a fresh state for every login.
  const [verifier, state] = [random(), random()];
  const { promise: callback, resolve, reject } = Promise.withResolvers();
  const server = createServer((request, response) => {
    const query = new URL(request.url, 'http://127.0.0.1').searchParams;
    const mine = query.get('state') === state;
    response.writeHead(mine ? 200 : 400).end(mine ? 'You can close this page now.' : 'There is nothing to do here.');
    if (mine) resolve(query);
  });
  const timer = setTimeout(() => reject(new ConnectAgain('the user did not sign in')), 120_000);
  try {
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    const redirectUri = SF_REDIRECT_URI.replace(':0', `:${server.address().port}`);
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: SF_CLIENT_ID,
      redirect_uri: redirectUri,
      scope: SF_SCOPES,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    open(`${SF_LOGIN_URL}/services/oauth2/authorize?${query}`);
    const answer = await callback;
    const code = answer.get('code');
    if (code === null || (answer.get('iss') ?? SF_LOGIN_URL) !== SF_LOGIN_URL) throw new ConnectAgain('no login');
    const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
    save(await token(grant));
  } finally {
    clearTimeout(timer);
    server.close();
  }
}

let refreshing;

// 6: one refresh at a time; a caller whose token has been replaced meanwhile uses the new one.
function renew(stale) {
  const stored = load();
  if (stored !== undefined && stored.access_token !== stale) return stored;
  return (refreshing ??= rotate([300, 900]).finally(() => {
    refreshing = undefined;
  }));
}

async function rotate([pause, ...pauses]) {
  const tokens = load();
  if (tokens === undefined) throw new ConnectAgain('not connected');
  try {
    const answer = await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
    // A new login in between counts more than this answer.
    if (load()?.refresh_token !== tokens.refresh_token) return load();
    // 4: the answer's refresh token replaces the old one, before anybody uses the access token.
    return save({ ...tokens, ...answer });
  } catch (error) {
    if (error instanceof ConnectAgain && load()?.refresh_token === tokens.refresh_token) rmSync(file, { force: true });
    if (!(error instanceof Busy) || pause === undefined) throw error;
    await sleep(pause);
    return rotate(pauses);
  }
}

const request = (tokens) =>
  fetch(`${tokens.instance_url}/services/data/v67.0/limits`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
    signal: AbortSignal.timeout(30_000),
  });

export async function get() {
  const tokens = load();
  if (tokens === undefined) throw new ConnectAgain('not connected');
  const first = await request(tokens);
  if (first.status !== 401 || !(await first.text()).includes('INVALID_SESSION_ID')) return first.status;
  return (await request(await renew(tokens.access_token))).status;
}
