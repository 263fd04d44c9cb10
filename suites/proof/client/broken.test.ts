/** A sample of the broken clients against the small token server: the bug shows on the wire, and only that bug. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AdapterProcess } from './adapter-process.ts';
import { setUp } from './bench.ts';
import type { Bench } from './bench.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await setUp();
});

afterEach(() => bench.end());

async function connected(name: string): Promise<AdapterProcess> {
  const adapter = bench.start(name);
  expect(await adapter.login()).toMatchObject({ ok: true });
  return adapter;
}

/** Refresh tokens in the order in which they were sent. */
function sentTokens(): (string | undefined)[] {
  return bench.server.posts
    .filter((form) => form['grant_type'] === 'refresh_token')
    .map((form) => form['refresh_token']);
}

function expiredCall(adapter: AdapterProcess): Promise<Readonly<Record<string, unknown>>> {
  bench.server.expire();
  return adapter.ask('call');
}

type Answers = Readonly<Record<string, unknown>>[];

/**
 * Calls at once on an expired session. No refresh is answered before `refreshes` of them are there and the client has heard of every
 * 401: they lie in its sockets by then, and it has gone round its event loop twice.
 */
async function expiredCalls(adapter: AdapterProcess, count: number, refreshes = 1): Promise<Answers> {
  bench.server.expire();
  bench.server.gather(count);
  const held = bench.server.holdRefreshes(refreshes);
  const answers = Promise.all(Array.from({ length: count }, () => adapter.ask('call')));
  const release = await held;
  for (let round = 0; round < 2; round += 1) await adapter.ask('status');
  release();
  return answers;
}

test.each([
  ['no-challenge', (url: URL) => url.searchParams.get('code_challenge'), null],
  ['no-challenge-method', (url: URL) => url.searchParams.get('code_challenge_method'), null],
  ['plain-method', (url: URL) => url.searchParams.get('code_challenge_method'), 'plain'],
  ['padded-challenge', (url: URL) => url.searchParams.get('code_challenge')?.length, 44],
  ['hex-challenge', (url: URL) => url.searchParams.get('code_challenge')?.length, 64],
  ['no-state', (url: URL) => url.searchParams.get('state'), null],
])('%s shows in the authorization URL', async (name, read, expected) => {
  const adapter = bench.start(name);
  adapter.ask('authorize').catch(() => undefined);
  expect(read(new URL(await adapter.opened()))).toBe(expected);
});

test.each([
  ['no-verifier', 'code_verifier', undefined],
  ['public-sends-empty-secret', 'client_secret', ''],
  ['short-verifier', 'code_verifier', /^.{32}$/],
  ['long-verifier', 'code_verifier', /^.{171}$/],
])('%s shows in the token request', async (name, field, expected) => {
  await bench.start(name).login();
  const value = bench.server.posts[0]?.[field];
  if (expected instanceof RegExp) expect(value).toMatch(expected);
  else expect(value).toBe(expected);
});

test('drops-new-refresh-token sends the first one twice', async () => {
  const adapter = await connected('drops-new-refresh-token');
  await expiredCall(adapter);
  expect(await expiredCall(adapter)).toMatchObject({ ok: false, reauthorize: true });
  const [first, second] = sentTokens();
  expect(second).toBe(first);
});

test('no-single-flight sends one token many times', async () => {
  await expiredCalls(await connected('no-single-flight'), 5, 5);
  expect(sentTokens()).toHaveLength(5);
  expect(new Set(sentTokens()).size).toBe(1);
});

test('waiters-fail leaves all but one caller without an answer', async () => {
  const answers = await expiredCalls(await connected('waiters-fail'), 4);
  expect(answers.filter((answer) => answer['ok'] === true)).toHaveLength(1);
  expect(sentTokens()).toHaveLength(1);
});

test('locked-out-after-storm cannot refresh again', async () => {
  const adapter = await connected('locked-out-after-storm');
  await expiredCalls(adapter, 4);
  expect(await expiredCall(adapter)).toMatchObject({ ok: false });
  expect(sentTokens()).toHaveLength(1);
});

test('retries-rejected-token sends an invalid token with every call', async () => {
  const adapter = await connected('retries-rejected-token');
  const rejected = { status: 400, body: { error: 'invalid_grant', error_description: 'expired access/refresh token' } };
  bench.server.answerNext(...Array.from({ length: 10 }, () => rejected));
  for (let n = 0; n < 6; n += 1) await expiredCall(adapter);
  expect(sentTokens()).toHaveLength(6);
});

test('keeps-old-access-token goes back to the expired access token', async () => {
  const adapter = await connected('keeps-old-access-token');
  await expiredCall(adapter);
  expect(await adapter.ask('call')).toMatchObject({ ok: true });
  const [first, , third] = bench.server.apiTokens;
  expect(third).toBe(first);
});

test('forgets-across-restart goes back to the first refresh token', async () => {
  const adapter = await connected('forgets-across-restart');
  await expiredCall(adapter);
  await adapter.end();
  await expiredCall(bench.start('forgets-across-restart'));
  const [first, second] = sentTokens();
  expect(second).toBe(first);
});

test('naive races, drops the new token and tries again', async () => {
  const adapter = await connected('naive');
  await expiredCalls(adapter, 3, 3);
  expect(sentTokens().length).toBeGreaterThan(3);
  expect(new Set(sentTokens()).size).toBe(1);
});
