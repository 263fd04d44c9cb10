import { describe, expect, test } from 'vitest';
import { CLIENT_ID, pkce, REDIRECT, stage, type Setting } from '../../fixtures/stage.ts';

type Fields = Readonly<Record<string, string>>;

const OTP = '123456';
const user = { firstName: 'Ada', lastName: 'L', email: 'ada@example.com', username: 'ada@example.com' };
const basic = (name: string, secret: string) => Buffer.from(`${name}:${secret}`).toString('base64');

/** A site, and a client that has no browser. */
async function site(setting: Setting = {}) {
  const all = await stage({
    hosts: ['experience'],
    redirectUris: ['http://127.0.0.1:0/services/oauth2/echo', REDIRECT],
    ...setting,
  });
  const origin = all.mock.hosts.experience!;
  const redirectUri = `${origin}/services/oauth2/echo`;
  const post = async (path: string, body: unknown, headers: Fields = {}, at = origin) => {
    const answer = await fetch(`${at}/services/auth/headless${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Fields };
  };
  const { verifier, challenge } = pkce();
  const authorize = async (headers: Fields, fields: Fields = {}, at = origin, redirect: RequestRedirect = 'follow') => {
    const asked = { response_type: 'code_credentials', client_id: CLIENT_ID, redirect_uri: redirectUri };
    const proof = { code_challenge: challenge, code_challenge_method: 'S256' };
    const sent = { ...asked, ...proof, scope: 'openid api refresh_token', ...fields };
    return fetch(`${at}/services/oauth2/authorize`, {
      method: 'POST',
      headers,
      redirect,
      // What is empty is left out.
      body: new URLSearchParams(Object.entries(sent).filter(([, value]) => value !== '')),
    });
  };
  const login = async (type: string, name: string, secret: string, method = 'email') => {
    const verification = method === '' ? {} : { 'Auth-Verification-Type': method };
    const headers = { 'Auth-Request-Type': type, Authorization: `Basic ${basic(name, secret)}`, ...verification };
    return (await (await authorize(headers, { state: 's 1' })).json()) as Fields;
  };
  const redeem = (code: string) =>
    all.token(
      {
        grant_type: 'authorization_code',
        client_id: CLIENT_ID,
        redirect_uri: redirectUri,
        code,
        code_verifier: verifier,
      },
      {},
      '',
      origin,
    );
  return { ...all, visit: all.login, origin, post, authorize, login, redeem };
}

test('a login with username and password: redirect, echo, tokens that rotate', async () => {
  const { mock, origin, authorize, login, redeem, refresh, of } = await site();
  const headers = { 'Auth-Request-Type': 'Named-User', Authorization: `Basic ${basic('u3@example.com', 'password')}` };
  const redirect = await authorize(headers, {}, origin, 'manual');
  expect(redirect.status).toBe(302);
  const echoed = await login('Named-User', 'u3@example.com', 'password');
  expect(Object.keys(echoed)).toEqual(['code', 'sfdc_community_url', 'sfdc_community_id', 'state']);
  expect(echoed).toMatchObject({ code: expect.stringMatching(/^aPrx.*==$/), sfdc_community_url: origin, state: 's 1' });
  const { body, status } = await redeem(echoed['code']!);
  expect(status).toBe(200);
  expect(body).toMatchObject({ sfdc_community_url: origin, scope: 'refresh_token api openid' });
  expect((await refresh(body['refresh_token']!)).status).toBe(200);
  expect(mock.control.families()).toMatchObject([{ user: 'U3' }]);
  // What the client sent is measured as any login is, and belongs to its code exchange.
  const requests = of('request');
  const [first, second] = requests.filter(({ endpoint }) => endpoint === 'authorize').map(({ seq }) => seq);
  expect(requests.find(({ endpoint }) => endpoint === 'token')?.facts).toMatchObject({
    code: { login: second, uses: 1 },
    verifier: { matches: [first, second] },
    redirect: 'same',
  });
  expect(of('note')).toEqual([]);
});

test('the Mobile SDK encodes credentials base64url without padding', async () => {
  const { authorize } = await site({ mode: 'salesforce' });
  const encoded = Buffer.from('u1@example.com:password').toString('base64url');
  const headers = { 'auth-request-type': 'Named-User', authorization: `Basic ${encoded}` };
  expect(await (await authorize(headers, { code_challenge_method: '' })).json()).toHaveProperty('code');
});

test('registration, and a login with the password that was chosen', async () => {
  const { post, login, redeem } = await site();
  const start = { userdata: user, password: 'Secret12', recaptcha: 'r', verificationmethod: 'email' };
  const { status, body } = await post('/init/registration', start);
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(['status', 'email', 'identifier']);
  expect(body).toMatchObject({ status: 'success', email: user.email });
  expect(await login('user-registration', body['identifier']!, '000000')).toMatchObject({ error: 'invalid_otp' });
  const echoed = await login('user-registration', body['identifier']!, OTP);
  expect((await redeem(echoed['code']!)).status).toBe(200);
  expect(await login('user-registration', body['identifier']!, OTP)).toMatchObject({ error: 'invalid_otp' });
  expect(await login('Named-User', user.username, 'password')).toMatchObject({ error: 'invalid_grant' });
  expect(await login('Named-User', user.username, 'Secret12')).toHaveProperty('code');
});

test('passwordless login, in the Mobile SDK’s shape', async () => {
  const { post, login } = await site();
  const event = { token: 't', siteKey: 'k', expectedAction: 'login', projectId: 'p' };
  const start = { username: 'u1@example.com', recaptchaevent: event, verificationmethod: 'sms' };
  const { body } = await post('/init/passwordless/login', start);
  expect(body).toMatchObject({ status: 'success', identifier: expect.any(String) as string });
  // An identifier serves the purpose that it was given for.
  expect(await login('user-registration', body['identifier']!, OTP, 'sms')).toMatchObject({ error: 'invalid_otp' });
  // The way that the password went has to be said again.
  for (const method of ['', 'email'])
    expect(await login('passwordless-login', body['identifier']!, OTP, method)).toMatchObject({ error: 'invalid_otp' });
  expect(await login('passwordless-login', body['identifier']!, OTP, 'sms')).toHaveProperty('code');
});

test('a password is reset; the answer does not reveal which users exist, and five wrong guesses end it', async () => {
  const { post, login } = await site();
  const username = 'unknown@example.com';
  expect(await post('/forgot_password', { username, recaptcha: 'r' })).toEqual({
    status: 200,
    body: { status_code: 'otp_sent' },
  });
  const change = { username, newpassword: 'Another12', otp: OTP };
  expect(await post('/forgot_password', change)).toEqual({ status: 200, body: { status_code: 'success' } });
  expect(await login('Named-User', username, 'Another12')).toHaveProperty('code');
  expect((await post('/forgot_password', change)).body['error']).toBe('invalid_otp');
  await post('/forgot_password', { username, recaptcha: 'r' });
  for (let count = 0; count < 5; count += 1) await post('/forgot_password', { ...change, otp: 'x' });
  expect((await post('/forgot_password', change)).status).toBe(400);
});

test('who may not sign in may not do so without a browser either', async () => {
  const { mock, login } = await site();
  mock.control.setUserStatus('inactive-user', 'U1');
  expect(await login('Named-User', 'u1@example.com', 'password')).toMatchObject({ error: 'inactive_user' });
  expect(await login('Named-User', 'u2@example.com', 'password')).toHaveProperty('code');
});

test('a one-time password is good for ten minutes', async () => {
  const { mock, post, login } = await site();
  const start = { username: 'u1@example.com', recaptcha: 'r', verificationmethod: 'email' };
  const { body } = await post('/init/passwordless/login', start);
  mock.control.advance(600_000);
  expect(await login('passwordless-login', body['identifier']!, OTP)).toMatchObject({ error: 'invalid_otp' });
});

test.each([
  ['no JSON', '{', 'invalid_request'],
  ['no object', '[]', 'invalid_request'],
  ['no reCAPTCHA token', { userdata: user, verificationmethod: 'email' }, 'invalid_request'],
  ['no user data', { recaptcha: 'r', verificationmethod: 'email' }, 'failed_registration'],
  [
    'a hostile username',
    { userdata: { ...user, username: '<script>' }, recaptcha: 'r', verificationmethod: 'email' },
    'failed_registration',
  ],
  ['another way', { userdata: user, recaptcha: 'r', verificationmethod: 'pigeon' }, 'failed_registration'],
  [
    'an endless password',
    { userdata: user, password: 'x'.repeat(2_000), recaptcha: 'r', verificationmethod: 'email' },
    'failed_registration',
  ],
])('registration with %s is refused', async (_name, body, error) => {
  const { post } = await site();
  expect(await post('/init/registration', body)).toMatchObject({ status: 400, body: { error } });
});

test('instead of a reCAPTCHA token the site may want an access token with the scope', async () => {
  const { post, visit } = await site({ switches: { headlessGuard: 'token' } });
  const start = { username: 'u1@example.com', recaptcha: 'r', verificationmethod: 'email' };
  const ask = (token: string) => post('/init/passwordless/login', start, { authorization: `Bearer ${token}` });
  expect(await ask('garbage')).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
  expect((await ask((await visit({ scope: 'forgot_password' })).access_token)).status).toBe(401);
  expect((await ask((await visit({ scope: 'pwdless_login_api' })).access_token)).status).toBe(200);
});

describe('what is no headless request', () => {
  test('is a request for the sign-in page without Auth-Request-Type', async () => {
    const { authorize, origin } = await site();
    const answer = await authorize(
      { Authorization: `Basic ${basic('u1@example.com', 'password')}` },
      {},
      origin,
      'manual',
    );
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/^\/login\//);
  });

  test('is a request to another host, or with the switch off', async () => {
    const { mock, authorize, post } = await site();
    const headers = {
      'Auth-Request-Type': 'Named-User',
      Authorization: `Basic ${basic('u1@example.com', 'password')}`,
    };
    const answer = await authorize(headers, {}, mock.loginUrl);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: 'unsupported_response_type',
      error_description: 'response type not supported',
    });
    expect((await post('/init/registration', {}, {}, mock.loginUrl)).status).toBe(401);
    const off = await site({ switches: { headlessIdentity: false } });
    expect((await off.authorize(headers)).status).toBe(400);
    expect((await off.post('/forgot_password', { username: 'u1@example.com' })).status).toBe(401);
  });
});

test('strict wants PKCE of it as of any login; errors are JSON', async () => {
  const { authorize } = await site();
  const headers = { 'Auth-Request-Type': 'Named-User', Authorization: `Basic ${basic('u1@example.com', 'password')}` };
  for (const [fields, error] of [
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge: '' }, 'invalid_request'],
    [{ redirect_uri: 'https://evil.example/' }, 'redirect_uri_mismatch'],
    [{ client_id: 'x' }, 'invalid_client_id'],
    [{ scope: 'everything' }, 'invalid_scope'],
  ] as const) {
    const answer = await authorize(headers, fields);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error });
  }
});
