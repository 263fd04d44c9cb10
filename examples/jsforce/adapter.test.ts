import { afterEach, beforeEach, expect, test } from 'vitest';
import { setUp } from '../../suites/proof/client/bench.ts';
import type { Bench } from '../../suites/proof/client/bench.ts';

const ADAPTER = new URL('adapter.ts', import.meta.url);
let bench: Bench;

beforeEach(async () => {
  bench = await setUp();
});

afterEach(() => bench.end());

test('shows what jsforce does: no method, 171 characters, and the first refresh token again and again', async () => {
  const adapter = bench.start(ADAPTER);
  expect(await adapter.login()).toMatchObject({ ok: true });
  expect(bench.server.posts[0]?.['code_verifier']).toHaveLength(171);
  expect(await adapter.ask('call')).toMatchObject({ ok: true });
  bench.server.expire();
  expect(await adapter.ask('call')).toMatchObject({ ok: true });
  bench.server.expire();
  expect(await adapter.ask('call')).toMatchObject({ ok: false, reauthorize: true });
  const refreshes = bench.server.posts.filter((form) => form['grant_type'] === 'refresh_token');
  expect(refreshes).toHaveLength(2);
  expect(refreshes[1]?.['refresh_token']).toBe(refreshes[0]?.['refresh_token']);
  expect(refreshes[0]?.['code_verifier']).toBe(bench.server.posts[0]?.['code_verifier']);
});
