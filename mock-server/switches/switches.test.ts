/** The switches whose values no test of an endpoint turns; and no switch without a test. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, pkce, stage } from '../fixtures/stage.ts';
import { SWITCHES } from './switch-table.ts';

const MINUTE = 60_000;

test.each([
  [MINUTE, 'expired authorization code'],
  [2 * MINUTE, undefined],
])('codeMs: %i', async (codeMs, description) => {
  const { authorize, redeem, mock } = await stage({ switches: { codeMs } });
  const code = await authorize();
  // A code says to the second when it was made.
  mock.control.advance(MINUTE + 1_000);
  expect((await redeem(code)).body['error_description']).toBe(description);
});

test.each([
  [MINUTE, ['invalid_grant', 'invalid_request']],
  [2 * MINUTE, ['authorization_pending']],
])('deviceCodeMs: %i', async (deviceCodeMs, errors) => {
  const { token, mock } = await stage({ switches: { deviceCodeMs } });
  const { body } = await token({ response_type: 'device_code', client_id: CLIENT_ID });
  mock.control.advance(MINUTE + 1_000);
  const poll = await token({ grant_type: 'device', client_id: CLIENT_ID, code: body['device_code']! });
  expect(errors).toContain(poll.body['error']);
});

test.each([
  [MINUTE, 401],
  [0, 200],
])('accessTokenMs: %i', async (accessTokenMs, status) => {
  const { login, call, mock } = await stage({ switches: { accessTokenMs } });
  const { access_token: token } = await login();
  mock.control.advance(100 * 24 * 60 * MINUTE);
  expect((await call(token)).status).toBe(status);
});

test.each([
  ['refused', 400],
  ['read', 200],
] as const)('multipartTokens: %s', async (multipartTokens, status) => {
  const { authorize, mock, of } = await stage({ switches: { multipartTokens } });
  const { code, verifier } = await authorize();
  const body = new FormData();
  const fields = { grant_type: 'authorization_code', client_id: CLIENT_ID, code, code_verifier: verifier };
  for (const [name, value] of Object.entries({ ...fields, redirect_uri: CALLBACK })) body.set(name, value);
  const answer = await fetch(`${mock.loginUrl}/services/oauth2/token`, { method: 'POST', body });
  expect(answer.status).toBe(status);
  const request = of('request').at(-1)?.facts;
  expect(request).toMatchObject({ contentType: 'multipart/form-data' });
  const broken = await fetch(`${mock.loginUrl}/services/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: 'no part',
  });
  expect(await broken.json()).toMatchObject({ error: 'unsupported_grant_type' });
});

test.each([
  [true, 'access_token'],
  [false, 'unsupported_response_type'],
])('userAgentFlow: %j', async (userAgentFlow, seen) => {
  const { browse, authorizeUrl } = await stage({ mode: 'salesforce', switches: { userAgentFlow } });
  const { url } = await browse(authorizeUrl({ response_type: 'token' }));
  expect(url!.hash).toContain(seen);
});

test.each([
  [true, 201],
  [false, 400],
])('dynamicRegistration: %j', async (dynamicRegistration, status) => {
  const { mock, login } = await stage({ switches: { dynamicRegistration } });
  const { access_token: token } = await login();
  const answer = await fetch(`${mock.loginUrl}/services/oauth2/register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: ['https://app.example/callback'], client_name: 'App' }),
  });
  expect(answer.status).toBe(status);
});

test.each(['sfdc_community', 'sfdc_site'])('siteFields: %s', async (siteFields) => {
  const { mock, token, authorizeUrl, browse } = await stage({ hosts: ['experience'], switches: { siteFields } });
  const origin = mock.hosts.experience!;
  const { verifier, challenge } = pkce();
  const url = authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' }, origin);
  const code = (await browse(url)).url!.searchParams.get('code')!;
  const form = { grant_type: 'authorization_code', client_id: CLIENT_ID, code, code_verifier: verifier };
  const { body } = await token({ ...form, redirect_uri: 'http://127.0.0.1:53123/callback' }, {}, '', origin);
  expect(Object.keys(body).filter((name) => name.startsWith('sfdc_'))).toEqual([
    `${siteFields}_url`,
    `${siteFields}_id`,
  ]);
});

test.each(['123456', '000000'])('oneTimePassword: %s', async (oneTimePassword) => {
  const { mock } = await stage({ hosts: ['experience'], switches: { oneTimePassword } });
  const post = async (body: object) => {
    const url = `${mock.hosts.experience!}/services/auth/headless/forgot_password`;
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return (await fetch(url, init)).status;
  };
  const username = 'u1@example.com';
  expect(await post({ username, recaptcha: 'r' })).toBe(200);
  expect(await post({ username, newpassword: 'Another12', otp: '999999' })).toBe(400);
  expect(await post({ username, newpassword: 'Another12', otp: oneTimePassword })).toBe(200);
});

test('no switch without a test', () => {
  const root = join(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const tests = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const untested = Object.keys(SWITCHES).filter((name) => !new RegExp(`\\b${name}\\b`).test(tests));
  expect(untested).toEqual([]);
});
