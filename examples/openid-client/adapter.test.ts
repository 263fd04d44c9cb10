import { afterEach, beforeEach, expect, test } from 'vitest';
import { setUp } from '../../suites/proof/client/bench.ts';
import type { Bench } from '../../suites/proof/client/bench.ts';

const ADAPTER = new URL('adapter.ts', import.meta.url);
let bench: Bench;

beforeEach(async () => {
  bench = await setUp();
});

afterEach(() => bench.end());

test('logs in with S256, rotates in single flight, and outlives a restart', async () => {
  const { server } = bench;
  const adapter = bench.start(ADAPTER);
  expect(await adapter.login()).toMatchObject({ ok: true });
  expect(server.posts[0]).not.toHaveProperty('client_secret');
  for (let round = 1; round <= 2; round += 1) {
    server.expire();
    server.gather(4);
    const answers = await Promise.all(Array.from({ length: 4 }, () => adapter.ask('call')));
    expect(answers.filter((answer) => answer['ok'] === true)).toHaveLength(4);
    expect(server.refreshes).toBe(round);
  }
  expect(await adapter.end()).toBe(0);
  server.expire();
  const again = bench.start(ADAPTER);
  expect(await again.ask('refresh')).toMatchObject({ ok: true });
  expect(await again.ask('call')).toMatchObject({ ok: true });
  expect(await again.ask('disconnect')).toMatchObject({ ok: true });
  expect(await again.ask('status')).toMatchObject({ connected: false });
});

test('a wrong state leads to no token request', async () => {
  const adapter = bench.start(ADAPTER);
  expect(await adapter.login((callback) => callback.searchParams.set('state', 'x'))).toMatchObject({ ok: false });
  expect(bench.server.posts).toHaveLength(0);
});

test('distinguishes a rejected token from the lock answer', async () => {
  const adapter = bench.start(ADAPTER);
  await adapter.login();
  const refusal = (text: string) => ({ status: 400, body: { error: 'invalid_grant', error_description: text } });
  bench.server.expire();
  bench.server.answerNext(refusal('token request is already being processed'));
  expect(await adapter.ask('call')).toMatchObject({ ok: true });
  bench.server.expire();
  bench.server.answerNext({ status: 503, body: 'down' });
  expect(await adapter.ask('call')).not.toHaveProperty('reauthorize');
  bench.server.answerNext(refusal('expired access/refresh token'));
  expect(await adapter.ask('call')).toMatchObject({ ok: false, reauthorize: true });
});
