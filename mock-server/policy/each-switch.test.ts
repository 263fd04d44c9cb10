/** What the facts leave open, one switch at a time: each value does what the table says. */
import { describe, expect, test } from 'vitest';
import { CLIENT_ID, pkce, SECRET, stage, type Setting } from '../fixtures/stage.ts';

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

const said = async (answer: Promise<{ readonly status: number; readonly body: Readonly<Record<string, string>> }>) => {
  const { status, body } = await answer;
  return status === 200 ? 'granted' : body['error_description'];
};

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

describe('a verifier', () => {
  test.each(['invalid_grant', 'invalid_request'])('missingVerifier: %s', async (missingVerifier) => {
    const { authorize, token, mock } = await stage({ switches: { missingVerifier } });
    const { code } = await authorize();
    const form = { grant_type: 'authorization_code', client_id: CLIENT_ID, code };
    expect((await token({ ...form, redirect_uri: 'http://127.0.0.1:53123/callback' })).body['error']).toBe(
      missingVerifier,
    );
    expect(mock.control.families()).toEqual([]);
  });

  test.each(['invalid_grant', 'invalid_request'])('wrongVerifier: %s', async (wrongVerifier) => {
    const { authorize, redeem } = await stage({ switches: { wrongVerifier } });
    const answer = await redeem({ ...(await authorize()), verifier: 'x'.repeat(43) });
    expect(answer.body).toEqual({ error: wrongVerifier, error_description: 'invalid code verifier' });
  });

  test.each([
    [0, 200],
    [20, 400],
  ])('shortestVerifier: %i', async (shortestVerifier, status) => {
    const { browse, authorizeUrl, redeem } = await stage({ mode: 'salesforce', switches: { shortestVerifier } });
    const { verifier, challenge } = pkce('short-verifier');
    const { url } = await browse(authorizeUrl({ code_challenge: challenge }));
    expect((await redeem({ code: url!.searchParams.get('code')!, verifier })).status).toBe(status);
  });
});

describe('a confidential app without its secret', () => {
  const none = {};
  test.each([
    [{}, 'salesforce', [400, 400]],
    [{ secretForCode: false }, 'salesforce', [200, 400]],
    [{ secretForRefresh: false }, 'salesforce', [400, 200]],
    [{ secretForCode: false, secretForRefresh: false }, 'strict', [400, 400]],
  ] as const)('%o (%s)', async (switches, mode, statuses) => {
    const { authorize, redeem, refresh, login } = await stage({ client: 'confidential', mode, switches });
    const { refresh_token: token } = await login({}, 'U1', { client_secret: SECRET });
    expect([(await redeem(await authorize(), none)).status, (await refresh(token, none)).status]).toEqual(statuses);
  });

  test('a wrong one is refused where none is asked for', async () => {
    const switches = { secretForCode: false, secretForRefresh: false };
    const { authorize, redeem } = await stage({ client: 'confidential', mode: 'salesforce', switches });
    expect((await redeem(await authorize(), { client_secret: 'x' })).body['error']).toBe('invalid_client');
  });
});

/** The error at the callback; where a code came: that of its exchange. */
async function refusedAt(setting: Setting, query: Record<string, string>) {
  const { browse, authorizeUrl, redeem } = await stage(setting);
  const { url } = await browse(authorizeUrl(query));
  const error = url!.searchParams.get('error');
  if (error !== null) return ['callback', error];
  const { body } = await redeem({ code: url!.searchParams.get('code')!, verifier: query['code_challenge']! });
  return ['token', body['error']];
}

test.each([
  ['S256', 'salesforce', 'granted'],
  ['plain', 'salesforce', 'invalid code verifier'],
  ['refused', 'salesforce', 'invalid_request'],
  ['S256', 'strict', 'invalid_request'],
] as const)('missingMethod: %s (%s)', async (missingMethod, mode, outcome) => {
  const { browse, authorizeUrl, redeem } = await stage({ mode, switches: { missingMethod } });
  const { verifier, challenge } = pkce();
  const { url } = await browse(authorizeUrl({ code_challenge: challenge }));
  const code = url!.searchParams.get('code');
  expect(code === null ? url!.searchParams.get('error') : await said(redeem({ code, verifier }))).toBe(outcome);
});

test.each([
  ['unreserved', 'a.b~', 'granted'],
  ['base64url', 'a.bc', 'invalid code verifier'],
  ['base64url', 'ab~c', 'invalid code verifier'],
  ['base64url', 'a-_c', 'granted'],
] as const)('verifierAlphabet: %s, %s', async (verifierAlphabet, characters, outcome) => {
  const { browse, authorizeUrl, redeem } = await stage({ switches: { verifierAlphabet } });
  const { verifier, challenge } = pkce(characters.repeat(11));
  const { url } = await browse(authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' }));
  expect(await said(redeem({ code: url!.searchParams.get('code')!, verifier }))).toBe(outcome);
});

test.each([
  ['redirect', 'salesforce', ['callback', 'invalid_request']],
  ['approval', 'salesforce', ['callback', 'OAUTH_APPROVAL_ERROR_GENERIC']],
  ['token', 'salesforce', ['token', 'invalid_grant']],
  ['approval', 'strict', ['callback', 'OAUTH_APPROVAL_ERROR_GENERIC']],
  ['token', 'strict', ['callback', 'invalid_request']],
] as const)('plainMethod: %s (%s)', async (plainMethod, mode, refused) => {
  const query = { code_challenge: pkce().verifier, code_challenge_method: 'plain' };
  expect(await refusedAt({ mode, switches: { plainMethod } }, query)).toEqual(refused);
});

test.each([
  ['redirect', 'salesforce', ['callback', 'invalid_request']],
  ['token', 'salesforce', ['token', 'invalid_grant']],
  ['token', 'strict', ['callback', 'invalid_request']],
] as const)('malformedChallenge: %s (%s)', async (malformedChallenge, mode, refused) => {
  const query = { code_challenge: `${pkce().challenge}=`, code_challenge_method: 'S256' };
  expect(await refusedAt({ mode, switches: { malformedChallenge } }, query)).toEqual(refused);
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

describe('appScopes', () => {
  test.each([
    ['*', 'api web refresh_token', 'refresh_token web api'],
    ['api refresh_token', 'api refresh_token', 'refresh_token api'],
    ['api offline_access', '', 'refresh_token api'],
  ])('%j lets %j in', async (appScopes, scope, granted) => {
    const { login } = await stage({ switches: { appScopes } });
    expect((await login({ scope }))['scope']).toBe(granted);
  });

  test('another scope is refused at the callback', async () => {
    const { authorize } = await stage({ switches: { appScopes: 'api' } });
    const { callback } = await authorize({ scope: 'api web' });
    expect(callback!.searchParams.get('error_description')).toBe('the requested scope is not allowed');
  });

  test('a device is refused another scope, too', async () => {
    const { token } = await stage({ switches: { appScopes: 'api nonsense' } });
    const start = (scope: string) => token({ response_type: 'device_code', client_id: CLIENT_ID, scope });
    expect((await start('api')).status).toBe(200);
    for (const scope of ['api web', 'nonsense']) expect((await start(scope)).body['error']).toBe('invalid_scope');
  });

  test('without any the token endpoint says so', async () => {
    const { refresh } = await stage({ switches: { appScopes: '' } });
    expect((await refresh('x')).body).toEqual({ error: 'invalid_grant', error_description: 'no valid scopes defined' });
  });
});

test.each([
  [false, false, 302],
  [true, false, 400],
  [true, true, 302],
])('httpsRequired: %j, TLS: %j', async (httpsRequired, tls, status) => {
  const { mock, authorizeUrl } = await stage({ switches: { httpsRequired }, tls });
  const { challenge } = pkce();
  const url = authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' });
  const answer = tls ? await overTls(url, mock.caFile!) : await plainly(url);
  expect(answer.status).toBe(status);
  if (status === 400) expect(decodeURIComponent(answer.text)).toContain('error_description=HTTPS required');
});

async function plainly(url: string) {
  const answer = await fetch(url, { redirect: 'manual' });
  return { status: answer.status, text: await answer.text() };
}

/** curl trusts a file that is named to it. */
async function overTls(url: string, caFile: string) {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const { stdout } = await promisify(execFile)('curl', [
    '-sS',
    '--cacert',
    caFile,
    '-w',
    '%{http_code}',
    '-o',
    '/dev/null',
    url,
  ]);
  return { status: Number(stdout), text: '' };
}

test('out-of-band is not supported, whatever the app has registered', async () => {
  const oob = 'urn:ietf:wg:oauth:2.0:oob';
  const { browse, authorizeUrl } = await stage({ redirectUris: [oob] });
  const { page } = await browse(authorizeUrl({ redirect_uri: oob, code_challenge: pkce().challenge }));
  expect(page!.status).toBe(400);
  expect(decodeURIComponent(page!.text)).toBe('error=invalid_request&error_description=out-of-band not supported');
});
