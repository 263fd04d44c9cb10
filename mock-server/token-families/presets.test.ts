import { expect, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';

test('strict: a second use revokes, also while the first is in flight', async () => {
  const { login, refresh, mock, of } = await stage({ rotation: 'strict' });
  const { refresh_token: token } = await login();
  const gate = mock.control.hold({ point: 'refresh-answer' });
  const first = refresh(token);
  await gate.settled(1, 5_000);
  expect((await refresh(token)).body['error_description']).toBe('expired access/refresh token');
  gate.close();
  const { status, body } = await first;
  expect(status).toBe(200);
  expect((await refresh(body['refresh_token']!)).status).toBe(400);
  expect(of('rotation').map(({ outcome }) => outcome)).toEqual(['rotated', 'reuse', 'dead']);
});

test('grace: the previous token gives the same answer for a while, older ones are reuse', async () => {
  const { login, refresh, mock, of } = await stage({ rotation: 'grace:60' });
  const { refresh_token: token } = await login();
  const first = await refresh(token);
  const again = await refresh(token);
  expect(again.body).toEqual(first.body);
  const next = await refresh(first.body['refresh_token']!);
  expect(next.status).toBe(200);
  expect((await refresh(token)).status).toBe(400);
  expect(mock.control.families()).toMatchObject([{ alive: false }]);
  expect(of('rotation').map(({ outcome }) => outcome)).toEqual(['rotated', 'replayed', 'rotated', 'reuse']);
});

test('idempotent-child: the same answer until its token is used', async () => {
  const { login, refresh, of } = await stage({ rotation: 'idempotent-child' });
  const { refresh_token: token } = await login();
  const first = await refresh(token);
  expect((await refresh(token)).body).toEqual(first.body);
  expect((await refresh(token)).body).toEqual(first.body);
  expect((await refresh(first.body['refresh_token']!)).status).toBe(200);
  expect((await refresh(token)).status).toBe(400);
  const [rotated, replayed] = of('rotation');
  expect(replayed!.successor).toEqual(rotated!.successor);
});

test('off: no refresh token in the answer, the old one stays good, and one at a time', async () => {
  const { login, refresh, mock } = await stage({ rotation: 'off' });
  const { refresh_token: token } = await login();
  const first = await refresh(token);
  expect(first.status).toBe(200);
  expect(first.body).not.toHaveProperty('refresh_token');
  const gate = mock.control.hold({ point: 'refresh-answer', limit: 1 });
  const second = refresh(token);
  await gate.settled(1, 5_000);
  expect((await refresh(token)).body['error_description']).toBe('token request is already being processed');
  gate.close();
  expect((await second).status).toBe(200);
  expect((await refresh(token)).body['access_token']).not.toBe(first.body['access_token']);
});

test('an answer without a refresh token, once, as a fault: the old one stays good', async () => {
  const { login, refresh, mock } = await stage();
  const { refresh_token: token } = await login();
  mock.control.inject({ fault: 'no-refresh-token' });
  const first = await refresh(token);
  expect(first.status).toBe(200);
  expect(first.body).not.toHaveProperty('refresh_token');
  expect((await refresh(token)).body['refresh_token']).toMatch(/^5Aep861/);
});

test('reuse may end all families of the user, under a switch', async () => {
  const { login, refresh, mock } = await stage({ switches: { reuseRevokesUser: true } });
  const [one] = [await login({}, 'U1'), await login({}, 'U1'), await login({}, 'U2')];
  await refresh(one.refresh_token);
  await refresh(one.refresh_token);
  expect(mock.control.families().map(({ alive }) => alive)).toEqual([false, false, true]);
});

test('one approval more than the limit ends the oldest, under a switch', async () => {
  const { login, refresh, mock, of } = await stage({ switches: { approvalLimit: 2 } });
  const first = await login();
  await login();
  await login({}, 'U2');
  expect(mock.control.families().map(({ alive }) => alive)).toEqual([true, true, true]);
  await login();
  expect(mock.control.families().map(({ alive }) => alive)).toEqual([false, true, true, true]);
  expect(of('family').at(-1)).toMatchObject({ change: 'revoked', reason: 'approval-limit' });
  expect((await refresh(first.refresh_token)).body['error_description']).toBe('expired access/refresh token');
});
