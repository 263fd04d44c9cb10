import { describe, expect, test } from 'vitest';
import { stage } from './fixtures/stage.ts';
import { delayed } from './store/fixtures/delayed.ts';
import { createMemoryStore } from './store/memory.ts';

describe.each([0, 3])('on a store that is %i ms away', (delayMs) => {
  const setting = () => ({ store: delayed(createMemoryStore(), delayMs) });

  test('access tokens end at once, all or those of one family, and the next ones live', async () => {
    const { login, call, refresh, mock, of } = await stage(setting());
    const [one, two] = [await login(), await login({}, 'U2')];
    mock.control.expireAccessTokens('F#1');
    expect([(await call(one.access_token)).status, (await call(two.access_token)).status]).toEqual([401, 200]);
    const next = (await refresh(one.refresh_token)).body;
    expect((await call(next['access_token']!)).status).toBe(200);
    mock.control.expireAccessTokens();
    expect([(await call(next['access_token']!)).status, (await call(two.access_token)).status]).toEqual([401, 401]);
    expect(of('control')).toMatchObject([
      { action: 'expire-access-tokens', family: 'F#1' },
      { action: 'expire-access-tokens' },
    ]);
  });

  test.each(['expired', 'admin', 'key-rotation'] as const)('refresh tokens are rejected: %s', async (reason) => {
    const { login, call, refresh, mock, of } = await stage(setting());
    const [one, two] = [await login(), await login({}, 'U2')];
    mock.control.rejectRefreshTokens('F#1', reason);
    expect((await refresh(one.refresh_token)).body['error_description']).toBe('expired access/refresh token');
    expect((await call(one.access_token)).status).toBe(401);
    expect(of('family').at(-1)).toMatchObject({ family: 'F#1', change: 'revoked', reason });
    expect(of('rotation').at(-1)).toMatchObject({ outcome: reason === 'expired' ? 'expired' : 'dead' });
    expect((await refresh(two.refresh_token)).status).toBe(200);
  });

  test('another party replays an old token', async () => {
    const { login, call, refresh, mock, of } = await stage(setting());
    const { refresh_token: first } = await login();
    const { body } = await refresh(first);
    mock.control.replayOldToken();
    expect((await call(body['access_token']!)).status).toBe(401);
    expect((await refresh(body['refresh_token']!)).status).toBe(400);
    expect(of('family').at(-1)).toMatchObject({ change: 'revoked', reason: 'reuse' });
    expect(of('rotation').at(-1)).toMatchObject({ outcome: 'dead' });
  });
});

test('families are returned as they are', async () => {
  const { login, refresh, mock } = await stage();
  expect(mock.control.families()).toEqual([]);
  const tokens = await login({}, 'U2');
  await refresh(tokens.refresh_token);
  expect(mock.control.families()).toEqual([{ id: 'F#1', user: 'U2', alive: true, generation: 1 }]);
});

test('a code exchange can be held and opened; reset opens what is held', async () => {
  const { authorize, redeem, mock } = await stage();
  const gate = mock.control.hold({ point: 'code-request' });
  const answer = redeem(await authorize());
  await gate.settled(1, 5_000);
  expect(mock.open).toBe(1);
  mock.control.reset();
  expect((await answer).status).toBe(200);
});

test('faults strike before and after the tokens were given', async () => {
  const { login, refresh, mock } = await stage();
  const { refresh_token: token } = await login();
  mock.control.inject({ fault: 'service-unavailable', on: 'refresh' });
  expect((await refresh(token)).status).toBe(503);
  mock.control.inject({ fault: 'reset-after-commit', on: 'refresh' });
  await expect(refresh(token)).rejects.toThrow();
  expect(mock.control.families()).toMatchObject([{ generation: 1, alive: true }]);
  expect((await refresh(token)).body['error_description']).toBe('expired access/refresh token');
});
