import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { CLIENT_ID, SECRET, stage, type Setting } from '../fixtures/stage.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;

const BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const client = { client_id: CLIENT_ID, client_secret: SECRET };

interface Assertion {
  readonly iss?: string;
  readonly sub?: string;
  readonly prn?: string;
  readonly aud?: string;
  readonly key?: KeyObject;
  readonly alg?: string;
  /** Seconds from now. */
  readonly exp?: number;
}

function assertion({ key = privateKey, alg = 'RS256', exp = 120, ...claims }: Assertion) {
  return new SignJWT({ iss: CLIENT_ID, ...claims })
    .setProtectedHeader({ alg })
    .setExpirationTime(Math.floor(Date.now() / 1000) + exp)
    .sign(key);
}

describe('client credentials', () => {
  const setting: Setting = { client: 'confidential', hosts: ['my-domain', 'test'] };
  const fields = { grant_type: 'client_credentials', ...client };

  test('run as one user, on My Domain and instance, without a refresh token', async () => {
    const { token, call, mock, of } = await stage({ ...setting, switches: { runAsUser: 'U7' } });
    for (const origin of [mock.hosts['my-domain'], mock.instanceUrl]) {
      const { status, body } = await token(fields, {}, '', origin);
      expect(status).toBe(200);
      expect(Object.keys(body)).toEqual([
        'access_token',
        'signature',
        'scope',
        'instance_url',
        'id',
        'token_type',
        'issued_at',
      ]);
      expect(body['scope']).not.toMatch(/full|web|refresh_token/);
      expect((await call(body['access_token']!)).status).toBe(200);
    }
    expect(of('family')).toMatchObject([{ user: 'U7', change: 'created' }, { user: 'U7' }]);
  });

  test('not on login hosts, not without a secret, a run-as user or the flow', async () => {
    const { token, mock } = await stage(setting);
    for (const origin of [mock.loginUrl, mock.hosts.test]) {
      expect((await token(fields, {}, '', origin)).body).toEqual({
        error: 'invalid_grant',
        error_description: 'request not supported on this domain',
      });
    }
    const wrong = await token({ ...fields, client_secret: 'x' }, {}, '', mock.instanceUrl);
    expect(wrong.body['error']).toBe('invalid_client');
    const missing = await stage({ ...setting, switches: { runAsUser: '' } });
    expect((await missing.token(fields, {}, '', missing.mock.instanceUrl)).body['error']).toBe('invalid_grant');
    const off = await stage({ ...setting, switches: { clientCredentialsFlow: false } });
    expect((await off.token(fields, {}, '', off.mock.instanceUrl)).body['error']).toBe('oauth_flow_disabled');
    const open = await stage();
    const bare = { grant_type: 'client_credentials', client_id: CLIENT_ID };
    expect((await open.token(bare, {}, '', open.mock.instanceUrl)).body['error']).toBe('invalid_client');
  });
});

describe('JWT bearer', () => {
  const setting: Setting = { client: 'confidential', publicKey: pem };

  test('for a user who has approved the app: no refresh token, no issued_at', async () => {
    const { token, login, call, mock } = await stage(setting);
    const ask = async (claims: Assertion) => token({ grant_type: BEARER, assertion: await assertion(claims) });
    const good = { sub: 'u2@example.com', aud: mock.loginUrl };
    expect((await ask(good)).body).toEqual({
      error: 'invalid_grant',
      error_description: "user hasn't approved this consumer",
    });
    await login({}, 'U2', { client_secret: SECRET });
    const { body, status } = await ask(good);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['access_token', 'scope', 'instance_url', 'id', 'token_type']);
    expect((await call(body['access_token']!, '/services/oauth2/userinfo')).body['preferred_username']).toBe(
      'u2@example.com',
    );
    expect((await ask({ prn: 'u2@example.com', aud: 'https://login.salesforce.com' })).status).toBe(200);
    expect((await ask({ ...good, exp: -170 })).status).toBe(200);
  });

  test.each([
    ['another audience', { aud: 'https://example.com' }, 'Audience validation failed'],
    ['another key', { key: stranger }, 'invalid assertion'],
    ['another algorithm', { alg: 'RS512' }, 'invalid assertion'],
    ['too old', { exp: -181 }, 'expired authorization code'],
    ['another app', { iss: 'other-app' }, 'client identifier invalid'],
    ['no user', { sub: '<x>' }, 'invalid assertion'],
  ])('%s', async (_name, claims, text) => {
    const { token, mock } = await stage({ ...setting, switches: { preAuthorized: true } });
    const good = { sub: 'u1@example.com', aud: `${mock.loginUrl}/services/oauth2/token` };
    expect((await token({ grant_type: BEARER, assertion: await assertion(good) })).status).toBe(200);
    const bad = await token({ grant_type: BEARER, assertion: await assertion({ ...good, ...claims }) });
    expect(bad).toMatchObject({ status: 400, body: { error_description: text } });
  });

  test('nothing is verified without a key, and `none` never is', async () => {
    const { token, mock } = await stage({ client: 'confidential', switches: { preAuthorized: true } });
    const good = { sub: 'u1@example.com', aud: mock.loginUrl };
    expect((await token({ grant_type: BEARER, assertion: await assertion(good) })).body['error']).toBe('invalid_grant');
    const keyed = await stage({ ...setting, switches: { preAuthorized: true } });
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'none' })}.${part({ ...good, iss: CLIENT_ID, exp: 9_999_999_999 })}.`;
    for (const raw of [unsigned, '', 'a.b.c', 'x'.repeat(100_000)]) {
      expect((await keyed.token({ grant_type: BEARER, assertion: raw })).status).toBe(400);
    }
  });

  test('a key that cannot be read is trouble; a JWK is as good as a PEM', async () => {
    for (const bad of [
      'nonsense',
      '{"kty":"RSA"}',
      generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }) as string,
    ])
      await expect(stage({ publicKey: bad })).rejects.toMatchObject({ code: 'bad-public-key' });
    const jwk = JSON.stringify(publicKey.export({ format: 'jwk' }));
    const { token, mock } = await stage({ client: 'confidential', publicKey: jwk, switches: { preAuthorized: true } });
    const raw = await assertion({ sub: 'u1@example.com', aud: mock.loginUrl });
    expect((await token({ grant_type: BEARER, assertion: raw })).status).toBe(200);
  });
});

describe('client assertion', () => {
  const type = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' };

  test('proves a confidential client on code exchange and refresh where there is no secret', async () => {
    const { authorize, redeem, refresh, mock } = await stage({
      client: 'confidential',
      publicKey: pem,
      mode: 'salesforce',
    });
    const proof = async (claims: Assertion = {}) => ({
      ...type,
      client_assertion: await assertion({ sub: CLIENT_ID, aud: mock.loginUrl, ...claims }),
    });
    const { body, status } = await redeem(await authorize(), await proof());
    expect(status).toBe(200);
    expect((await refresh(body['refresh_token']!, await proof({ key: stranger }))).body['error']).toBe(
      'invalid_client',
    );
    expect((await refresh(body['refresh_token']!, await proof({ sub: 'x' }))).body['error']).toBe('invalid_client');
    expect((await refresh(body['refresh_token']!, { ...(await proof()), client_secret: 'x' })).body['error']).toBe(
      'invalid_client',
    );
    expect((await refresh(body['refresh_token']!, await proof())).status).toBe(200);
  });

  test('strict asks for the secret all the same', async () => {
    const { authorize, redeem, mock } = await stage({ client: 'confidential', publicKey: pem });
    const raw = await assertion({ sub: CLIENT_ID, aud: mock.loginUrl });
    expect((await redeem(await authorize(), { ...type, client_assertion: raw })).body['error']).toBe('invalid_client');
  });
});

describe('token exchange', () => {
  const fields = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    ...client,
  };
  const setting: Setting = { client: 'confidential', publicKey: pem, switches: { tokenExchangeFlow: true } };

  test('a trusted token of a user who has approved', async () => {
    const { token, login, call, mock } = await stage(setting);
    const subject = await assertion({ iss: 'https://idp.example', sub: 'u1@example.com', aud: mock.loginUrl });
    expect((await token({ ...fields, subject_token: subject })).body['error_description']).toMatch(/approved/);
    await login({}, 'U1', { client_secret: SECRET });
    const { body } = await token({ ...fields, subject_token: subject });
    expect(body).not.toHaveProperty('refresh_token');
    expect((await call(body['access_token']!)).status).toBe(200);
    const odd = await token({ ...fields, subject_token: subject, subject_token_type: 'x' });
    expect(odd.body['error']).toBe('unsupported_token_type');
  });

  test('needs its handler', async () => {
    const { token } = await stage({ ...setting, switches: {} });
    expect((await token({ ...fields, subject_token: 'x' })).body['error']).toBe('oauth_flow_disabled');
  });
});

describe('flows that are recognised and refused', () => {
  const refuse = (error: string, text: string) => ({ status: 400, body: { error, error_description: text } });
  const saml = 'urn:oasis:names:tc:SAML:2.0:profiles:SSO:browser';

  test.each([
    [
      { grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', assertion: 'PHNhbWw-' },
      refuse('invalid_grant', 'invalid assertion'),
    ],
    [
      { grant_type: 'assertion', assertion_type: saml, assertion: 'PHNhbWw+' },
      refuse('invalid_grant', 'invalid assertion'),
    ],
    [{ grant_type: 'assertion', assertion: 'x' }, refuse('invalid_assertion_type', 'assertion type not supported')],
  ])('SAML, which needs neither app nor secret: %j', async (fields, answer) => {
    for (const kind of ['public', 'confidential'] as const) {
      const { token, of } = await stage({ client: kind });
      expect(await token(fields as unknown as Record<string, string>)).toMatchObject(answer);
      expect(of('note')).toEqual([]);
    }
  });

  test('asset tokens', async () => {
    const { token, login } = await stage({ client: 'confidential', switches: { tokenExchangeFlow: true } });
    const { access_token: subject } = await login({}, 'U1', { client_secret: SECRET });
    const type = 'urn:ietf:params:oauth:token-type';
    const fields = { subject_token: subject, subject_token_type: `${type}:access_token`, actor_token: 'a.b.c' };
    const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', actor_token_type: `${type}:jwt` };
    expect((await token({ ...grant, ...fields, ...client })).body['error']).toBe('oauth_flow_disabled');
  });
});

describe('username and password', () => {
  const fields = { grant_type: 'password', username: 'u1@example.com', password: 'password', ...client };

  test('are refused by default, and work under a switch', async () => {
    const usual = await stage({ client: 'confidential' });
    expect((await usual.token(fields)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'authentication failure',
    });
    const wrongPasswordText = 'authentication failure - Invalid Password';
    const { token, call } = await stage({ client: 'confidential', switches: { passwordFlow: true } });
    const { body } = await token(fields);
    expect(Object.keys(body)).toEqual(['access_token', 'instance_url', 'id', 'token_type', 'issued_at', 'signature']);
    expect((await call(body['access_token']!)).status).toBe(200);
    const wrong = { ...fields, password: 'x' };
    expect((await token(wrong)).body['error_description']).toBe('authentication failure');
    const older = await stage({ client: 'confidential', switches: { passwordFlow: true, wrongPasswordText } });
    expect((await older.token(wrong)).body['error_description']).toBe(wrongPasswordText);
  });
});

describe('access tokens as JWTs', () => {
  test('open what opaque ones open, and tampered ones nothing', async () => {
    const { login, call, refresh, mock } = await stage({ switches: { jwtAccessTokens: true } });
    const tokens = await login();
    expect(tokens['token_format']).toBe('jwt');
    expect(decodeJwt(tokens.access_token)).toMatchObject({ client_id: CLIENT_ID, scp: 'api refresh_token' });
    expect((await call(tokens.access_token)).status).toBe(200);
    const [head, , signature] = tokens.access_token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...decodeJwt(tokens.access_token), scp: 'full' })).toString(
      'base64url',
    );
    expect((await call(`${head!}.${forged}.${signature!}`)).status).toBe(401);
    expect((await call(decodeJwt(tokens.access_token).jti!)).status).toBe(200);
    const introspected = await fetch(`${mock.loginUrl}/services/oauth2/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ token: tokens.access_token, client_id: CLIENT_ID }),
    });
    expect(await introspected.json()).toMatchObject({ active: true });
    expect((await refresh(tokens.refresh_token)).body['access_token']).not.toBe(tokens.access_token);
    mock.control.expireAccessTokens();
    expect((await call(tokens.access_token)).status).toBe(401);
  });
});
