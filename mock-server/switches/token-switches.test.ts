/** What the facts leave open of tokens, one switch at a time: each value does what the table says. */
import { describe, expect, test } from 'vitest';
import { CLIENT_ID, SECRET, stage, type Setting } from '../fixtures/stage.ts';
import { said } from '../policy/fixtures/said.ts';

type Switches = NonNullable<Setting['switches']>;
const DEAD = 'expired access/refresh token';
const BUSY = 'token request is already being processed';
const MINUTE = 60_000;

/** Two families of one user, and what happens to others while a refresh of the first is being answered. */
async function whileInFlight(switches: Switches) {
  const made = await stage({ switches });
  const { login, refresh, mock } = made;
  const [one, two] = [await login(), await login()];
  const older = one.refresh_token;
  const { body } = await refresh(older);
  const current = body['refresh_token']!;
  const gate = mock.control.hold({ point: 'refresh-answer', limit: 1 });
  const first = refresh(current);
  await gate.settled(1, 5_000);
  return {
    ...made,
    current,
    older,
    other: two.refresh_token,
    finish: () => {
      gate.close();
      return first;
    },
  };
}

describe('inFlightLock', () => {
  test.each([
    // The token itself, an older one of its family, one of another family.
    ['token', BUSY, DEAD, 'granted'],
    ['family', BUSY, BUSY, 'granted'],
    ['app', BUSY, DEAD, BUSY],
    ['off', DEAD, DEAD, 'granted'],
  ])('%s', async (inFlightLock, same, older, other) => {
    const set = await whileInFlight({ inFlightLock });
    expect(await said(set.refresh(set.other))).toBe(other);
    expect(await said(set.refresh(set.current))).toBe(same);
    expect(await said(set.refresh(set.older))).toBe(older);
    expect((await set.finish()).status).toBe(200);
  });

  test('the app is free again when the answer has ended', async () => {
    const set = await whileInFlight({ inFlightLock: 'app' });
    const { body } = await set.finish();
    expect(await said(set.refresh(set.other))).toBe('granted');
    expect(await said(set.refresh(body['refresh_token']!))).toBe('granted');
  });
});

test.each([BUSY, 'expired authorization code'])('inFlightText: %s', async (inFlightText) => {
  const { refresh, current, finish, mock } = await whileInFlight({ inFlightText });
  expect(await said(refresh(current))).toBe(inFlightText);
  expect(mock.control.families()[0]).toMatchObject({ alive: true });
  await finish();
});

test.each([
  [false, 'granted'],
  [true, DEAD],
])('inFlightRevokes: %j', async (inFlightRevokes, next) => {
  const { refresh, current, finish } = await whileInFlight({ inFlightRevokes });
  expect(await said(refresh(current))).toBe(BUSY);
  const { status, body } = await finish();
  expect(status).toBe(200);
  expect(await said(refresh(body['refresh_token']!))).toBe(next);
});

test.each([
  [false, 'granted'],
  [true, DEAD],
])('rotationCountsAsApproval: %j', async (rotationCountsAsApproval, first) => {
  const { login, refresh } = await stage({ switches: { rotationCountsAsApproval, approvalLimit: 3 } });
  const [one, two, other] = [await login(), await login(), await login({}, 'U2')];
  let token = two.refresh_token;
  for (let count = 0; count < 4; count += 1) token = (await refresh(token)).body['refresh_token']!;
  expect(await said(refresh(one.refresh_token))).toBe(first);
  expect(await said(refresh(token))).toBe('granted');
  expect(await said(refresh(other.refresh_token))).toBe('granted');
});

test.each([
  [false, 'public', {}, 200, null],
  [true, 'public', {}, 400, 'invalid_client_id'],
  [true, 'public', { client_id: CLIENT_ID }, 200, null],
  [true, 'confidential', { client_id: CLIENT_ID }, 400, 'invalid_client'],
  [true, 'confidential', { client_id: CLIENT_ID, client_secret: SECRET }, 200, null],
] as const)('revokeNeedsClient: %j, %s client, %o', async (revokeNeedsClient, client, credentials, status, error) => {
  const { login, mock, secret } = await stage({ client, switches: { revokeNeedsClient } });
  const { refresh_token: token } = await login({}, 'U1', secret);
  const revoke = `${mock.loginUrl}/services/oauth2/revoke`;
  const answer = await fetch(revoke, { method: 'POST', body: new URLSearchParams({ token, ...credentials }) });
  expect(answer.status).toBe(status);
  if (error !== null) expect(await answer.json()).toMatchObject({ error });
  expect(mock.control.families()[0]!.alive).toBe(status !== 200);
});

test('revokeNeedsClient takes the secret from the header too', async () => {
  const { login, mock, secret } = await stage({ client: 'confidential', switches: { revokeNeedsClient: true } });
  const { refresh_token: token } = await login({}, 'U1', secret);
  const authorization = `Basic ${btoa(`${CLIENT_ID}:${SECRET}`)}`;
  const init = { method: 'POST', headers: { authorization }, body: new URLSearchParams({ token }) };
  expect((await fetch(`${mock.loginUrl}/services/oauth2/revoke`, init)).status).toBe(200);
});

test.each([
  ['inactive', false],
  ['active', true],
])('introspectRotated: %s', async (introspectRotated, active) => {
  const { login, refresh, mock } = await stage({ switches: { introspectRotated } });
  const { refresh_token: old } = await login();
  await refresh(old);
  const introspect = async () => {
    const body = new URLSearchParams({ token: old, client_id: CLIENT_ID });
    return (
      await fetch(`${mock.loginUrl}/services/oauth2/introspect`, { method: 'POST', body })
    ).json() as Promise<unknown>;
  };
  expect(await introspect()).toMatchObject({ active });
  await refresh(old);
  expect(await introspect()).toEqual({ active: false });
});

test.each([
  [true, true],
  [false, false],
])('deviceFlowRotates: %j', async (deviceFlowRotates, rotates) => {
  const { token, browse, refresh, login } = await stage({ switches: { deviceFlowRotates } });
  const start = await token({ response_type: 'device_code', client_id: CLIENT_ID, scope: 'api refresh_token' });
  await browse(`${start.body['verification_uri']!}?user_code=${start.body['user_code']!}`);
  const { body } = await token({ grant_type: 'device', client_id: CLIENT_ID, code: start.body['device_code']! });
  const first = await refresh(body['refresh_token']!);
  expect(first.status).toBe(200);
  expect('refresh_token' in first.body).toBe(rotates);
  expect(await said(refresh(body['refresh_token']!))).toBe(rotates ? DEAD : 'granted');
  // Other flows rotate all the same.
  expect((await refresh((await login()).refresh_token)).body).toHaveProperty('refresh_token');
});

describe('ipAllowlist', () => {
  const ours = ['https://app.example/callback', 'http://127.0.0.1:0/callback'];
  const from = async (ipAllowlist: string, redirectUris = ours, more: Switches = {}) => {
    const { login, refresh, of } = await stage({ redirectUris, switches: { ipAllowlist, ...more } });
    const { refresh_token: token } = await login();
    return { answer: (await refresh(token)).body, outcome: of('rotation').at(-1)!.outcome };
  };

  test.each([
    ['', 'rotated'],
    ['203.0.113.7 127.0.0.1', 'rotated'],
    ['127.0.0.0/8,::1', 'rotated'],
    ['203.0.113.0/24', 'refused'],
    ['nonsense 127.0.0.1/99', 'refused'],
  ])('%j', async (list, outcome) => {
    expect((await from(list)).outcome).toBe(outcome);
  });

  test('binds no app whose callbacks are on this machine or have a scheme of their own', async () => {
    expect((await from('203.0.113.7', ['http://127.0.0.1:0/callback', 'myapp://callback'])).outcome).toBe('rotated');
  });

  test.each([
    ['ip-restricted', 'invalid_grant', 'ip restricted'],
    ['dead-token', 'invalid_grant', DEAD],
    ['invalid-app-access', 'invalid_app_access', 'this app may not be used from here'],
  ])('ipAllowlistError: %s', async (ipAllowlistError, error, error_description) => {
    const { answer } = await from('203.0.113.7', ours, { ipAllowlistError });
    expect(answer).toEqual({ error, error_description });
  });
});

test.each([DEAD, 'token validity expired'])('idleExpiryText: %s', async (idleExpiryText) => {
  const { login, refresh, mock } = await stage({ switches: { idleExpiryText, refreshTokenIdleMs: MINUTE } });
  const { refresh_token: token } = await login();
  mock.control.advance(MINUTE);
  expect(await said(refresh(token))).toBe(idleExpiryText);
  expect(await said(refresh(token))).toBe(idleExpiryText);
});
