import { describe, expect, test } from 'vitest';
import { DOCUMENTED } from '../salesforce/documented.ts';
import { CLIENT_ID, stage } from '../fixtures/stage.ts';
import { createCommandContext } from '../management/command.ts';
import { COMMANDS } from '../management/commands.ts';
import { createUserStatuses, USER_STATUSES, type UserStatus } from './user-status.ts';

const documented = (id: string) => DOCUMENTED.find((one) => one.id === id)!;

/** What a user may be who keeps the tokens that there are. */
const PASSING = Object.entries(USER_STATUSES).flatMap(([name, one]) => ('token' in one ? [[name, one] as const] : []));

test.each(PASSING)('%s', async (name, { callback, token, ...consequences }) => {
  const { mock, login, refresh, call, authorize, redeem, of } = await stage();
  const [bad, good] = [await login(), await login({}, 'U2')];
  const code = await authorize();
  mock.control.setUserStatus(name as UserStatus, 'U1');

  const refused = documented(token);
  const body = { error: refused.error, error_description: refused.description };
  expect(await refresh(bad.refresh_token)).toMatchObject({ status: 400, body });
  expect(of('rotation').at(-1)).toMatchObject({ outcome: 'refused' });
  expect(await redeem(code)).toMatchObject({ status: 400, body });
  const back = (await authorize()).callback!.searchParams;
  expect(back.get('error')).toBe(documented(callback).error);
  expect([back.get('state'), back.get('code')]).toEqual(['state-1', null]);
  expect((await call(bad.access_token)).status).toBe('endsSessions' in consequences ? 401 : 200);

  // No other user is affected, and nothing was revoked.
  expect((await refresh(good.refresh_token)).status).toBe(200);
  mock.control.setUserStatus(undefined, 'U1');
  expect((await call(bad.access_token)).status).toBe(200);
  expect((await refresh(bad.refresh_token)).status).toBe(200);
  expect((await redeem(code)).status).toBe(200);
  expect(of('control').map(({ detail }) => detail)).toEqual([`U1: ${name}`, 'U1: good']);
});

test('a frozen user has no tokens any more, and needs a new login once it is over', async () => {
  const { mock, login, refresh, call, authorize, of } = await stage();
  const [frozen, other] = [await login(), await login({}, 'U2')];
  mock.control.setUserStatus('frozen-user', 'U1');
  expect((await call(frozen.access_token)).status).toBe(401);
  const dead = { status: 400, body: { error_description: 'expired access/refresh token' } };
  expect(await refresh(frozen.refresh_token)).toMatchObject(dead);
  expect(of('family').at(-1)).toMatchObject({ change: 'revoked', reason: 'admin' });
  expect((await authorize()).callback!.searchParams.get('error')).toBe('inactive_user');
  expect((await refresh(other.refresh_token)).status).toBe(200);

  mock.control.setUserStatus(undefined, 'U1');
  expect(await refresh(frozen.refresh_token)).toMatchObject(dead);
  expect((await refresh((await login()).refresh_token)).status).toBe(200);
});

describe('everybody', () => {
  test('is as the org is, until it is reset', async () => {
    const { mock, login, refresh, call, token } = await stage({
      client: 'confidential',
      switches: { passwordFlow: true },
    });
    const secret = { client_secret: 'A1B2C3D4E5F60718293A4B5C6D7E8F90' };
    const one = await login({}, 'U1', secret);
    mock.control.setUserStatus('inactive-org');
    expect((await refresh(one.refresh_token, secret)).body['error_description']).toBe('inactive organization');
    expect((await call(one.access_token)).status).toBe(401);
    const form = { grant_type: 'password', client_id: CLIENT_ID, username: 'u2@example.com', password: 'password' };
    expect((await token({ ...form, ...secret })).body['error_description']).toBe('inactive organization');
    mock.control.reset();
    expect((await refresh(one.refresh_token, secret)).status).toBe(200);
    expect((await token({ ...form, ...secret })).status).toBe(200);
  });

  test('a user’s own standing counts before that of everybody', () => {
    const userStatuses = createUserStatuses();
    expect(userStatuses.good).toBe(true);
    userStatuses.set('inactive-org');
    userStatuses.set('login-rate', 'U1');
    expect(userStatuses.denial('U1', 'token')?.errorDescription).toBe('login rate exceeded');
    expect(userStatuses.denial('U2', 'token')?.errorDescription).toBe('inactive organization');
    userStatuses.set(undefined, 'U1');
    expect(userStatuses.endsSessions('U1')).toBe(true);
    userStatuses.set(undefined);
    expect(userStatuses.good).toBe(true);
    expect(userStatuses.denial('U1', 'callback')).toBeUndefined();
  });
});

test('a device of a user who is not in good standing waits in vain', async () => {
  const { mock, token, browse } = await stage();
  const start = await token({ response_type: 'device_code', client_id: CLIENT_ID, scope: 'api refresh_token' });
  await browse(`${start.body['verification_uri']!}?user_code=${start.body['user_code']!}`);
  mock.control.setUserStatus('inactive-user', 'U1');
  const { body } = await token({ grant_type: 'device', client_id: CLIENT_ID, code: start.body['device_code']! });
  expect(body['error_description']).toBe('inactive user');
});

test('introspection calls nothing of theirs active', async () => {
  const { mock, login } = await stage();
  const { access_token: raw } = await login();
  mock.control.setUserStatus('inactive-user', 'U1');
  const body = new URLSearchParams({ token: raw, client_id: CLIENT_ID });
  const answer = await fetch(`${mock.loginUrl}/services/oauth2/introspect`, { method: 'POST', body });
  expect(await answer.json()).toEqual({ active: false });
});

test('the management port can say it', async () => {
  const { mock, login, refresh } = await stage();
  const command = COMMANDS.find(({ path }) => path === '/standing');
  const set = (body: unknown): unknown => command?.act(createCommandContext(mock, 'strict'), body);
  const one = await login();
  set({ standing: 'login-hours', user: 'U1' });
  expect((await refresh(one.refresh_token)).body['error_description']).toBe('invalid login hours');
  set({ standing: 'good' });
  expect((await refresh(one.refresh_token)).status).toBe(200);
  for (const body of [{}, { standing: 'tall' }, { standing: 'good', user: '<b>' }]) expect(() => set(body)).toThrow();
});
