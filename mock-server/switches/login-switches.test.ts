/** What the facts leave open of logins, one switch at a time: each value does what the table says. */
import { describe, expect, test } from 'vitest';
import { CLIENT_ID, pkce, SECRET, stage, type Setting } from '../fixtures/stage.ts';
import { said } from '../policy/fixtures/said.ts';

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
    [{ secretForCode: false, secretForRefresh: false }, 'strict', [400, 200]],
    [{}, 'strict', [400, 400]],
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
