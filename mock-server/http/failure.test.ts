import { afterEach, expect, test, vi } from 'vitest';
import { HarnessError } from '../../src/errors.ts';
import { SECRET, stage } from '../fixtures/stage.ts';
import { HAS_REDIS, testLink } from '../store/fixtures/redis.ts';
import { createMemoryStore } from '../store/memory.ts';
import { createRedisStore } from '../store/redis.ts';
import type { Store } from '../store/store.ts';
import { ownRedis } from '../tenants/fixtures/redis-process.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** Lets the deadlines of `work` pass, at a second a turn of the loop, without waiting for them. */
async function beyond<T>(work: Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const over = new AbortController();
  const settled = (): void => {
    over.abort();
  };
  work.then(settled, settled);
  while (!over.signal.aborted) {
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(1_000);
  }
  vi.useRealTimers();
  return work;
}

/** A store that can be told to fail. */
function breakable() {
  const inner = createMemoryStore();
  const state: { error?: Error } = {};
  const wrapped = <T extends object>(target: T): T =>
    new Proxy(target, {
      get:
        (_, name) =>
        async (...input: unknown[]) => {
          if (state.error) throw state.error;
          return (Reflect.get(target, name) as (...input: unknown[]) => unknown)(...input);
        },
    });
  const store: Store = { families: wrapped(inner.families), models: wrapped(inner.models) };
  return { store, state };
}

const away = new HarnessError('store-unavailable', 'Redis did not answer within 10 ms.', 'Look.');

test.each([
  ['gone', away, 503, 'service_unavailable', 'SERVER_UNAVAILABLE'],
  ['broken', new Error('what nobody expected'), 500, 'server_error', 'UNKNOWN_EXCEPTION'],
])(
  'a store that is %s: an answer in the platform’s shapes, and all as before when it is back',
  async (_how, error, status, oauth, rest) => {
    const { store, state } = breakable();
    const { mock, of, login, refresh, call, authorizeUrl } = await stage({ store });
    const { refresh_token, access_token } = await login();
    state.error = error;
    expect(await refresh(refresh_token)).toMatchObject({
      status,
      body: { error: oauth, error_description: expect.any(String) },
    });
    const called = await call(access_token);
    expect(called).toMatchObject({ status, body: [{ errorCode: rest }] });
    expect(called.headers.get('content-type')).toContain('application/json');
    expect(called.headers.get('retry-after')).toBe(status === 503 ? '1' : null);
    const page = await fetch(
      authorizeUrl({ state: 's', code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' }),
      { redirect: 'manual' },
    );
    expect(page.status).toBe(status);
    delete state.error;
    const again = await refresh(refresh_token);
    expect(again.status).toBe(200);
    expect((await call(again.body['access_token'] ?? '')).status).toBe(200);
    // It is the harness that failed, and history says so.
    expect(of('note').some(({ harnessFault }) => harnessFault)).toBe(true);
    expect(mock.control.families()).toMatchObject([{ alive: true }]);
    expect(JSON.stringify(of('note'))).not.toContain(SECRET);
  },
);

test.runIf(HAS_REDIS)(
  'Redis is away for longer than a request waits: 503, and the token is as good as before',
  { timeout: 300_000 },
  async () => {
    const redis = await ownRedis();
    const link = await testLink(redis.url);
    const one = await stage({ store: createRedisStore({ link, name: 'away', key: Buffer.alloc(32, 7) }) });
    const { refresh_token, access_token } = await one.login();
    redis.pause();
    expect(await beyond(one.refresh(refresh_token))).toMatchObject({
      status: 503,
      body: { error: 'service_unavailable' },
    });
    expect(await beyond(one.call(access_token))).toMatchObject({
      status: 503,
      body: [{ errorCode: 'SERVER_UNAVAILABLE' }],
    });
    redis.goOn();
    await link.send('PING');
    expect((await one.call(access_token)).status).toBe(200);
  },
);
