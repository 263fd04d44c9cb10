import { expect, test } from 'vitest';
import { SECRET, stage } from '../fixtures/stage.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';

/** Returns a store that throws `state.error` while it is set. */
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

test('a store that fails is answered in the platform’s shape, and a later request succeeds', async () => {
  const { store, state } = breakable();
  const { mock, of, login, refresh, call, authorizeUrl } = await stage({ store });
  const { refresh_token, access_token } = await login();
  state.error = new Error('the disk is on fire');
  expect(await refresh(refresh_token)).toMatchObject({
    status: 500,
    body: { error: 'server_error', error_description: expect.any(String) },
  });
  const called = await call(access_token);
  expect(called).toMatchObject({ status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION' }] });
  expect(called.headers.get('content-type')).toContain('application/json');
  const page = await fetch(
    authorizeUrl({ state: 's', code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' }),
    { redirect: 'manual' },
  );
  expect(page.status).toBe(500);
  delete state.error;
  const again = await refresh(refresh_token);
  expect(again.status).toBe(200);
  expect((await call(again.body['access_token'] ?? '')).status).toBe(200);
  // It is the harness that failed, and history says so.
  expect(of('note').some(({ harnessFault }) => harnessFault)).toBe(true);
  expect(mock.control.families()).toMatchObject([{ alive: true }]);
  expect(JSON.stringify(of('note'))).not.toContain(SECRET);
});
