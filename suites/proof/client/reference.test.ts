import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AdapterProcess } from './adapter-process.ts';
import { setUp } from './bench.ts';
import type { Bench } from './bench.ts';

let bench: Bench;
let server: Bench['server'];
let stateDir: string;

beforeEach(async () => {
  bench = await setUp();
  ({ server, stateDir } = bench);
});

afterEach(() => bench.end());

function start(variables: Readonly<Record<string, string>> = {}): AdapterProcess {
  return bench.start('reference', variables);
}

async function connected(): Promise<AdapterProcess> {
  const adapter = start();
  expect(await adapter.login()).toMatchObject({ ok: true });
  return adapter;
}

const rejected = { status: 400, body: { error: 'invalid_grant', error_description: 'expired access/refresh token' } };
const busy = {
  status: 400,
  body: { error: 'invalid_grant', error_description: 'token request is already being processed' },
};

describe('login', () => {
  test('sends S256, redeems the code once with its verifier and no secret', async () => {
    const adapter = start();
    const answer = adapter.ask('authorize');
    const url = new URL(await adapter.opened());
    expect(url.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    const callback = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
    expect((await fetch(callback)).status).toBe(200);
    expect(await answer).toMatchObject({ ok: true });
    expect((await fetch(callback)).status).toBe(400);
    expect(server.posts).toHaveLength(1);
    expect(server.posts[0]?.['code_verifier']).toMatch(/^[\w-]{43}$/);
    expect(server.posts[0]).not.toHaveProperty('client_secret');
    expect(await adapter.ask('call')).toMatchObject({ ok: true, status: 200 });
  });

  test('a confidential client sends secret and verifier', async () => {
    const adapter = start({ SF_CLIENT_SECRET: 's3cret' });
    expect(await adapter.login()).toMatchObject({ ok: true });
    expect(server.posts[0]).toMatchObject({ client_secret: 's3cret' });
    expect(server.posts[0]).toHaveProperty('code_verifier');
  });

  test.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'x')],
    ['no state', (url: URL) => url.searchParams.delete('state')],
    ['an error', (url: URL) => url.searchParams.set('error', 'access_denied')],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
  ])('%s leads to no token request', async (_, change) => {
    const adapter = start();
    expect(await adapter.login(change)).toMatchObject({ ok: false });
    expect(server.posts).toHaveLength(0);
  });

  test('two logins at once keep their own verifiers, whichever callback comes first', async () => {
    const adapter = start();
    const answers = [adapter.ask('authorize')];
    const first = await adapter.opened();
    answers.push(adapter.ask('authorize'));
    const second = await adapter.opened();
    const callbacks = await Promise.all(
      [first, second].map(async (url) => (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? ''),
    );
    for (const callback of callbacks.toReversed()) await (await fetch(callback)).text();
    expect(await Promise.all(answers)).toMatchObject([{ ok: true }, { ok: true }]);
  });

  test('takes the callback of another scheme through the redirect action', async () => {
    const adapter = start({ SF_REDIRECT_URI: 'myapp://callback' });
    const answer = adapter.ask('authorize');
    const location = (await fetch(await adapter.opened(), { redirect: 'manual' })).headers.get('location') ?? '';
    expect(await adapter.ask('redirect', { url: location })).toMatchObject({ ok: true });
    expect(await answer).toMatchObject({ ok: true });
  });
});

describe('refresh', () => {
  test('follows an expired session, and each one sends the newest token', async () => {
    const adapter = await connected();
    for (let round = 0; round < 3; round += 1) {
      server.expire();
      expect(await adapter.ask('call')).toMatchObject({ ok: true });
    }
    expect(await adapter.ask('call')).toMatchObject({ ok: true });
    expect(server.refreshes).toBe(3);
    expect(new Set(server.posts.map((form) => form['refresh_token'])).size).toBe(4);
  });

  test('eight calls at once share one refresh', async () => {
    const adapter = await connected();
    server.expire();
    server.gather(8);
    const answers = await Promise.all(Array.from({ length: 8 }, () => adapter.ask('call')));
    expect(answers.filter((answer) => answer['ok'] === true)).toHaveLength(8);
    expect(server.refreshes).toBe(1);
  });

  test('two processes on one store share one refresh per expiry', async () => {
    const adapter = await connected();
    const other = start();
    expect(await other.ask('call')).toMatchObject({ ok: true });
    for (let round = 1; round <= 2; round += 1) {
      server.expire();
      server.gather(6);
      const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => (n % 2 ? adapter : other).ask('call')));
      expect(answers.filter((answer) => answer['ok'] === true)).toHaveLength(6);
      expect(server.refreshes).toBe(round);
    }
  });

  test('takes over the lock of a process that was killed', async () => {
    const dead = start();
    await dead.ask('status');
    await dead.kill();
    const adapter = await connected();
    writeFileSync(join(stateDir, 'refresh.lock'), '999999999 gone');
    server.expire();
    expect(await adapter.ask('call')).toMatchObject({ ok: true });
  });

  test('the newest token survives a restart, in a file that only this user can read', async () => {
    const adapter = await connected();
    server.expire();
    await adapter.ask('call');
    expect(await adapter.end()).toBe(0);
    const again = start();
    server.expire();
    expect(await again.ask('call')).toMatchObject({ ok: true });
    expect(statSync(join(stateDir, 'tokens.json')).mode & 0o077).toBe(0);
  });

  test('keeps the refresh token when the answer brings none', async () => {
    const adapter = await connected();
    server.expire();
    const before = JSON.parse(readFileSync(join(stateDir, 'tokens.json'), 'utf8')) as Record<string, string>;
    server.answerNext({ status: 200, body: { access_token: 'AT' } });
    await adapter.ask('call');
    const after = JSON.parse(readFileSync(join(stateDir, 'tokens.json'), 'utf8')) as Record<string, string>;
    expect(after).toMatchObject({ accessToken: 'AT', refreshToken: before['refreshToken'] });
  });
});

describe('trouble', () => {
  test('a rejected token is dropped, reported once, and not sent again', async () => {
    const adapter = await connected();
    server.expire();
    server.answerNext(rejected);
    expect(await adapter.ask('call')).toMatchObject({ ok: false, reauthorize: true });
    const calls = server.apiTokens.length;
    for (let n = 0; n < 5; n += 1) expect(await adapter.ask('call')).toMatchObject({ ok: false, reauthorize: true });
    expect(server.refreshes).toBe(1);
    expect(server.apiTokens).toHaveLength(calls);
    expect(await adapter.ask('status')).toMatchObject({ connected: false });
    expect(await adapter.login()).toMatchObject({ ok: true });
    expect(await adapter.ask('call')).toMatchObject({ ok: true });
  });

  test('the lock answer is waited for and tried once more', async () => {
    const adapter = await connected();
    server.expire();
    server.answerNext(busy);
    expect(await adapter.ask('call')).toMatchObject({ ok: true });
    const [first, second] = server.posts.slice(1).map((form) => Number(form['at']));
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(145);
  });

  test('the lock answer twice is reported without dropping anything', async () => {
    const adapter = await connected();
    server.expire();
    server.answerNext(busy, busy);
    const answer = await adapter.ask('call');
    expect(answer).toMatchObject({ ok: false });
    expect(answer).not.toHaveProperty('reauthorize');
    expect(await adapter.ask('call')).toMatchObject({ ok: true });
  });

  test.each([
    ['503', { status: 503, body: 'down' }, 115],
    ['429 with Retry-After', { status: 429, body: '', headers: { 'retry-after': '1' } }, 995],
  ])('%s is tried once more, not at once', async (_, reply, atLeastMs) => {
    const adapter = await connected();
    server.expire();
    server.answerNext(reply);
    expect(await adapter.ask('call')).toMatchObject({ ok: true });
    const [first, second] = server.posts.slice(1).map((form) => Number(form['at']));
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(atLeastMs);
    expect(server.posts[1]?.['refresh_token']).toBe(server.posts[2]?.['refresh_token']);
  });

  test.each([
    ['an outage', { status: 503, body: '' }],
    ['another error code', { status: 400, body: { error: 'inactive_user' } }],
    ['an HTML page', { status: 400, body: '<html>' }],
    ['a success without a token', { status: 200, body: { error: 'x' } }],
    ['half an answer', { status: 200, body: '{"access_token":"AT' }],
    ['a redirect', { status: 307, body: '', headers: { location: 'http://127.0.0.1:1/' } }],
  ])('%s keeps the tokens and does not ask for a login', async (_, reply) => {
    const adapter = await connected();
    const before = readFileSync(join(stateDir, 'tokens.json'), 'utf8');
    server.expire();
    server.answerNext(reply, reply);
    const answer = await adapter.ask('call');
    expect(answer).toMatchObject({ ok: false });
    expect(answer).not.toHaveProperty('reauthorize');
    expect(readFileSync(join(stateDir, 'tokens.json'), 'utf8')).toBe(before);
  });

  test('a session that stays expired after the refresh is reported, not refreshed again', async () => {
    const adapter = await connected();
    server.expire();
    server.answerNext({ status: 200, body: { access_token: 'dead', refresh_token: 'x' } });
    expect(await adapter.ask('call')).toMatchObject({ ok: false, status: 401 });
    expect(server.refreshes).toBe(1);
  });
});

describe('logout', () => {
  test('revokes the newest refresh token by POST and forgets everything', async () => {
    const adapter = await connected();
    server.expire();
    await adapter.ask('call');
    const { refreshToken } = JSON.parse(readFileSync(join(stateDir, 'tokens.json'), 'utf8')) as Record<string, string>;
    expect(await adapter.ask('disconnect')).toMatchObject({ ok: true });
    expect(server.posts.at(-1)).toMatchObject({ path: '/services/oauth2/revoke', token: refreshToken });
    expect(await adapter.ask('call')).toMatchObject({ ok: false, reauthorize: true });
    expect(await adapter.ask('status')).toMatchObject({ connected: false });
  });
});

test('answers what it does not know as unsupported, ignores what is no request, prints no secret', async () => {
  const adapter = await connected();
  expect(await adapter.ask('dance')).toMatchObject({ unsupported: true });
  expect(await adapter.ask('refresh')).toMatchObject({ ok: true });
  for (const token of server.apiTokens) expect(adapter.output()).not.toContain(token);
  for (const form of server.posts) {
    for (const name of ['code', 'code_verifier', 'refresh_token']) {
      if (form[name] !== undefined) expect(adapter.output()).not.toContain(form[name]);
    }
  }
});
