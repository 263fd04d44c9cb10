// A public client in a page: PKCE, refresh token rotation, one refresh for all tabs. No library, nothing to build.
//
// The tokens are in IndexedDB, because tabs must share them. `localStorage` will not do: tabs may be processes of their own, and what one
// has written, the next holder of the lock may not read yet. Every script of this origin can read the tokens, so the page loads none but
// its own. If you have a server, let it keep the tokens and give the page a cookie.
import { openTokenStore } from './token-store.js';

/** Longer than any answer that is merely slow: to give up a refresh that the server has carried out is to lose the tokens. */
const PATIENCE_MS = 20_000;
const LONGEST_PAUSE_MS = 10_000;

/** Something that went wrong. `reauthorize`: the user has to connect again. */
class Refusal extends Error {
  constructor(message, { reauthorize = false } = {}) {
    super(message);
    this.reauthorize = reauthorize;
  }
}

const lost = (message) => new Refusal(message, { reauthorize: true });

export function createClient({ loginUrl, clientId, redirectUri, scopes, lock = true }) {
  /** Runs one after the other what sends a refresh token: in all tabs, or (`lock: false`) only in this one. */
  const alone = lock ? (work) => navigator.locks.request('salesforce-tokens', work) : oneAfterTheOther();
  const { read, write, clear } = openTokenStore();

  /** Leads the browser to Salesforce. State and verifier wait in this tab (RFC 7636 §4.1, RFC 6749 §10.12). */
  async function connect() {
    const state = randomText();
    const verifier = randomText();
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    sessionStorage.setItem(`login ${state}`, verifier);
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: scopes,
      state,
      code_challenge: base64url(new Uint8Array(digest)),
      code_challenge_method: 'S256',
    });
    location.assign(`${loginUrl}/services/oauth2/authorize?${query}`);
  }

  /** Redeems the code of a callback, if it belongs to a login of this tab. A code is sent once, whatever the answer. */
  async function finish(query) {
    const state = query.get('state') ?? '';
    const verifier = sessionStorage.getItem(`login ${state}`);
    sessionStorage.removeItem(`login ${state}`);
    if (state === '' || verifier === null) throw new Refusal('this callback belongs to no login of this tab');
    const issuer = query.get('iss');
    if (issuer !== null && issuer.replace(/\/+$/, '') !== loginUrl)
      throw new Refusal('the callback names another issuer');
    if (query.has('error')) throw new Refusal(`the login was refused: ${query.get('error')}`);
    const code = query.get('code');
    if (!code) throw new Refusal('the callback carries no code');
    const answer = await post('token', {
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    if (answer.kind !== 'granted') throw new Refusal(answer.error);
    // A refresh of the tokens before must not overwrite these.
    await alone(() => write(merge({}, answer.fields)));
  }

  /** One API call; when the session has ended, refreshes once and calls once more. */
  async function call(path) {
    const tokens = await read();
    if (tokens === undefined) throw lost('not connected');
    let answer = await api(tokens, path);
    if (answer.expired) answer = await api(await refresh(tokens), path);
    if (answer.status < 200 || answer.status > 299) throw new Refusal(`the API answered ${answer.status}`);
    return answer.status;
  }

  /** The tokens after `stale`. Inside the lock the storage is read again: another tab may have refreshed already. */
  async function refresh(stale) {
    const before = stale ?? (await read());
    return alone(async () => {
      const current = await read();
      if (current === undefined) throw lost('not connected');
      if (current.access_token !== before?.access_token) return current;
      let answer = await present(current);
      if (answer.pauseMs !== undefined && answer.pauseMs <= LONGEST_PAUSE_MS) {
        await new Promise((resolve) => setTimeout(resolve, answer.pauseMs));
        const newer = await read();
        if (newer === undefined) throw lost('not connected');
        if (newer.access_token !== current.access_token) return newer;
        answer = await present(current);
      }
      const now = await read();
      if (answer.kind === 'granted') {
        // A logout or a new login meanwhile counts, not this answer.
        if (now === undefined) throw lost('not connected');
        if (now.refresh_token !== current.refresh_token) return now;
        const tokens = merge(current, answer.fields);
        await write(tokens);
        return tokens;
      }
      if (answer.kind === 'rejected') {
        if (now !== undefined && now.refresh_token !== current.refresh_token) return now;
        // Expired, revoked, or stolen: these tokens are not used again, the user is asked (RFC 9700 §4.14.2).
        await clear();
        throw lost(answer.error);
      }
      throw new Refusal(answer.error);
    });
  }

  const present = ({ refresh_token }) => {
    if (!refresh_token) throw lost('there is no refresh token');
    return post('token', { grant_type: 'refresh_token', client_id: clientId, refresh_token });
  };

  /** Forgets the tokens, and has them revoked (RFC 7009 §2.1). The user is logged out whatever the answer. */
  function disconnect() {
    return alone(async () => {
      const token = (await read())?.refresh_token;
      await clear();
      if (token) await post('revoke', { token, client_id: clientId });
    });
  }

  /** Never throws for what a server does: `kind` says what the answer means. */
  async function post(endpoint, form) {
    let response, text;
    try {
      response = await fetch(`${loginUrl}/services/oauth2/${endpoint}`, {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'error',
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      text = await response.text();
    } catch (error) {
      // What was given up may still be under way: it is not sent again.
      const again = error.name === 'TimeoutError' ? {} : { pauseMs: 150 };
      return { kind: 'unavailable', error: `${endpoint}: no answer`, ...again };
    }
    return interpret(response, text);
  }

  return {
    connect,
    finish,
    call,
    refresh: () => refresh(),
    disconnect,
    connected: async () => (await read()) !== undefined,
  };
}

/** What an answer of the token endpoint means (RFC 6749 §5). Nothing in it is trusted. */
function interpret(response, text) {
  const { status } = response;
  if (status >= 500 || status === 429) {
    const seconds = Number(response.headers.get('Retry-After') ?? 0) || 0;
    return {
      kind: 'unavailable',
      error: `the token endpoint answered ${status}`,
      pauseMs: Math.max(150, seconds * 1000) + Math.random() * 200,
    };
  }
  let fields;
  try {
    fields = JSON.parse(text) ?? {};
  } catch {
    fields = {};
  }
  if (
    status === 200 &&
    fields.error === undefined &&
    typeof fields.access_token === 'string' &&
    fields.access_token !== ''
  ) {
    return { kind: 'granted', fields };
  }
  const error = `${fields.error ?? `the token endpoint answered ${status}`}`.slice(0, 100);
  if (fields.error !== 'invalid_grant') return { kind: 'refused', error };
  // Salesforce says so while another request with the same token is under way: the token is not dead.
  // Reasons that pass: the token works again from another address, at another hour, or later.
  if (/ip restricted|login hours|login rate/i.test(String(fields.error_description))) return { kind: 'refused', error };
  const locked = /already being processed/i.test(String(fields.error_description));
  return locked ? { kind: 'busy', error, pauseMs: 200 + Math.random() * 300 } : { kind: 'rejected', error };
}

/** The tokens that an answer leaves. Without a new refresh token the one before stays. */
function merge(before, { access_token, refresh_token, instance_url }) {
  return {
    access_token,
    refresh_token: typeof refresh_token === 'string' && refresh_token !== '' ? refresh_token : before.refresh_token,
    instance_url: /^https?:\/\//.test(instance_url) ? instance_url.replace(/\/+$/, '') : before.instance_url,
  };
}

/** The access token goes into the header and nowhere else (RFC 6750 §2.1). */
async function api({ access_token, instance_url }, path) {
  const response = await fetch(`${instance_url}${path}`, {
    headers: { Authorization: `Bearer ${access_token}` },
    redirect: 'error',
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => {
    throw new Refusal('the API cannot be reached');
  });
  const text = await response.text().catch(() => '');
  return { status: response.status, expired: response.status === 401 && text.includes('INVALID_SESSION_ID') };
}

/** 256 random bits as 43 characters of base64url. */
const randomText = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

function oneAfterTheOther() {
  let last = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
