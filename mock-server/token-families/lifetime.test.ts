import { describe, expect, test } from 'vitest';
import { SECRET, stage } from '../fixtures/stage.ts';

const DAY = 86_400_000;
const DEAD = 'expired access/refresh token';

test('five approvals live; the sixth ends the oldest, and rotation is no approval', async () => {
  const { login, refresh, mock, of } = await stage();
  const tokens = [];
  for (let count = 0; count < 5; count += 1) tokens.push(await login());
  let first = tokens[0]!.refresh_token;
  for (let count = 0; count < 6; count += 1) first = (await refresh(first)).body['refresh_token']!;
  expect(mock.control.families().map(({ alive }) => alive)).toEqual([true, true, true, true, true]);
  await login({}, 'U2');
  expect(mock.control.families().every(({ alive }) => alive)).toBe(true);
  await login();
  expect(of('family').at(-1)).toMatchObject({ family: 'F#1', change: 'revoked', reason: 'approval-limit' });
  expect((await refresh(first)).body['error_description']).toBe(DEAD);
  expect((await refresh(tokens[1]!.refresh_token)).status).toBe(200);
});

test('without a limit all live', async () => {
  const { login, mock } = await stage({ switches: { approvalLimit: 0 } });
  for (let count = 0; count < 8; count += 1) await login();
  expect(mock.control.families().every(({ alive }) => alive)).toBe(true);
});

describe('the mock’s own clock', () => {
  test('an idle refresh token ends; each use begins anew', async () => {
    const { login, refresh, mock, of } = await stage({ switches: { refreshTokenIdleMs: 30 * DAY } });
    let { refresh_token: token } = await login();
    for (let count = 0; count < 4; count += 1) {
      mock.control.advance(29 * DAY);
      token = (await refresh(token)).body['refresh_token']!;
    }
    mock.control.advance(30 * DAY);
    expect((await refresh(token)).body['error_description']).toBe(DEAD);
    expect(of('rotation').at(-1)).toMatchObject({ outcome: 'expired' });
    expect(of('family').at(-1)).toMatchObject({ change: 'revoked', reason: 'expired' });
    expect((await refresh(token)).body['error_description']).toBe(DEAD);
  });

  test.each([
    [false, 400],
    [true, 200],
  ])('an absolute end counts from the login unless it restarts (%j)', async (expiryRestartsOnRotation, status) => {
    const { login, refresh, mock } = await stage({ switches: { refreshTokenMs: 10 * DAY, expiryRestartsOnRotation } });
    const { refresh_token: token } = await login();
    mock.control.advance(6 * DAY);
    const next = (await refresh(token)).body['refresh_token']!;
    mock.control.advance(6 * DAY);
    expect((await refresh(next)).status).toBe(status);
  });

  test('access tokens end after two hours, codes after fifteen minutes, valid refresh tokens never', async () => {
    const { login, call, refresh, authorize, redeem, mock } = await stage();
    const tokens = await login();
    mock.control.advance(7_200_000 - 60_000);
    expect((await call(tokens.access_token)).status).toBe(200);
    mock.control.advance(60_000);
    expect((await call(tokens.access_token)).status).toBe(401);
    expect((await call((await refresh(tokens.refresh_token)).body['access_token']!)).status).toBe(200);
    const code = await authorize();
    mock.control.advance(900_000);
    expect((await redeem(code)).body['error_description']).toBe('expired authorization code');
    const again = await login();
    mock.control.advance(3_650 * DAY);
    expect((await refresh(again.refresh_token)).status).toBe(200);
  });

  test('goes forward only', async () => {
    const { mock, of } = await stage();
    for (const wrong of [-1, NaN, Infinity]) {
      expect(() => {
        mock.control.advance(wrong);
      }).toThrow(RangeError);
    }
    expect(of('control')).toEqual([]);
  });
});

test('another secret: the old one is refused and everything is revoked', async () => {
  const { login, refresh, authorize, redeem, call, mock, of } = await stage({ client: 'confidential' });
  const tokens = await login({}, 'U1', { client_secret: SECRET });
  const next = 'F'.repeat(64);
  mock.control.rotateSecret(next);
  expect((await call(tokens.access_token)).status).toBe(401);
  expect((await refresh(tokens.refresh_token, { client_secret: SECRET })).body['error']).toBe('invalid_client');
  expect((await refresh(tokens.refresh_token, { client_secret: next })).body['error_description']).toBe(DEAD);
  expect(of('family').at(-1)).toMatchObject({ change: 'revoked', reason: 'key-rotation' });
  const again = await redeem(await authorize(), { client_secret: next });
  expect(again.status).toBe(200);
  expect((await refresh(again.body['refresh_token']!, { client_secret: next })).status).toBe(200);
  expect(JSON.stringify(of('control'))).not.toContain(next);
});

test('a second secret is valid beside the first, then alone; nothing is revoked, and a reset takes it back', async () => {
  const { login, refresh, mock, of } = await stage({ client: 'confidential' });
  const [old, next] = [{ client_secret: SECRET }, { client_secret: 'E'.repeat(64) }];
  let { refresh_token: token } = await login({}, 'U1', old);
  const refreshed = async (secret: Readonly<Record<string, string>>) => {
    const { body } = await refresh(token, secret);
    token = body['refresh_token'] ?? token;
    return body['error'] ?? 'ok';
  };
  mock.control.stageSecret('both', next.client_secret);
  expect([await refreshed(old), await refreshed(next)]).toEqual(['ok', 'ok']);
  mock.control.stageSecret('new');
  expect([await refreshed(old), await refreshed(next)]).toEqual(['invalid_client', 'ok']);
  mock.control.reset();
  expect([await refreshed(next), await refreshed(old)]).toEqual(['invalid_client', 'ok']);
  expect(of('control').map(({ detail }) => detail)).toEqual(['both', 'new', undefined]);
  expect(JSON.stringify(of('control'))).not.toContain(next.client_secret);
});

test('refresh tokens grow older without the clock: those that were idle for too long expire', async () => {
  const { login, refresh, mock } = await stage();
  const DAY_MS = 86_400_000;
  const [one, two] = [await login(), await login({}, 'U2')];
  mock.control.age(29 * DAY_MS, 30 * DAY_MS);
  const used = await refresh(one.refresh_token);
  mock.control.age(2 * DAY_MS, 30 * DAY_MS);
  expect((await refresh(used.body['refresh_token']!)).status).toBe(200);
  expect((await refresh(two.refresh_token)).body['error_description']).toBe(DEAD);
  mock.control.age(400 * DAY_MS);
  expect((await login()).access_token).toBeDefined();
});

test('a refresh may end older access tokens, under a switch', async () => {
  const { login, refresh, call } = await stage({ switches: { rotationEndsAccessTokens: true } });
  const tokens = await login();
  const { body } = await refresh(tokens.refresh_token);
  expect((await call(tokens.access_token)).status).toBe(401);
  expect((await call(body['access_token']!)).status).toBe(200);
});
