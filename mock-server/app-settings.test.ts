import { describe, expect, test } from 'vitest';
import { createAppSettings } from './app-settings.ts';
import { stage } from './fixtures/stage.ts';

const MINUTE_MS = 60_000;

describe('settings of the app', () => {
  test('change at once, or when their time has come', () => {
    let now = 0;
    const settings = createAppSettings(() => now, 'strict');
    settings.change({ rotation: false, pkce: false }, 0);
    expect([settings.rotation(), settings.mode()]).toEqual([false, 'observing']);
    settings.change({ rotation: true }, 10);
    settings.change({ pkce: true }, 20);
    now = 9;
    expect(settings.rotation()).toBe(false);
    settings.age(1);
    expect([settings.rotation(), settings.mode()]).toEqual([true, 'observing']);
    now = 20;
    settings.setMode('salesforce');
    expect(settings.mode()).toBe('salesforce');
  });

  test('are on again after a reset, which drops what was to come', () => {
    const settings = createAppSettings(() => 0, 'strict');
    settings.change({ rotation: false }, 0);
    settings.change({ rotation: false }, 5);
    settings.reset();
    settings.age(5);
    expect([settings.rotation(), settings.mode()]).toEqual([true, 'strict']);
  });
});

test('rotation is switched on while a grant lives: its token works once more, and is rotated from then on', async () => {
  const { login, refresh, mock, of } = await stage();
  mock.control.changeApp({ rotation: false });
  const { refresh_token: first } = await login();
  expect((await refresh(first)).body['refresh_token']).toBeUndefined();
  mock.control.changeApp({ rotation: true }, 10 * MINUTE_MS);
  expect((await refresh(first)).body['refresh_token']).toBeUndefined();
  mock.control.age(10 * MINUTE_MS);
  const { body } = await refresh(first);
  expect(body['refresh_token']).toBeDefined();
  expect((await refresh(first)).status).toBe(400);
  expect(of('control')[1]).toMatchObject({ action: 'change-app', detail: 'rotation on after 600000 ms' });
});

test('PKCE is switched on: logins need it from then on, and a grant without it lives on', async () => {
  const { authorizeUrl, browse, token, refresh, mock } = await stage();
  const without = async () => (await browse(authorizeUrl({ state: 's' }))).url!.searchParams;
  mock.control.changeApp({ pkce: false });
  const redirect = { grant_type: 'authorization_code', client_id: '', redirect_uri: '' };
  const { searchParams } = new URL(authorizeUrl({}));
  const code = (await without()).get('code')!;
  const { body } = await token({
    ...redirect,
    client_id: searchParams.get('client_id')!,
    redirect_uri: searchParams.get('redirect_uri')!,
    code,
  });
  mock.control.changeApp({ pkce: true });
  expect((await without()).get('error')).toBe('invalid_request');
  expect((await refresh(body['refresh_token']!)).status).toBe(200);
});
