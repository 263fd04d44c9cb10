import { createHmac } from 'node:crypto';
import { decodeProtectedHeader, decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, SECRET, stage } from '../fixtures/stage.ts';
import { longId, recordId } from './ids.ts';
import { answeredScopes, requestedScopes, SCOPES } from './scope.ts';

test('ids have Salesforce’s checksum', () => {
  expect(longId('001D000000IRFma')).toBe('001D000000IRFmaIAH');
  expect(longId('00D000000000001')).toBe('00D000000000001EAA');
  expect(recordId('005', 'x')).toMatch(/^005[A-Za-z0-9]{12}$/);
  expect(recordId('005', 'x')).toBe(recordId('005', 'x'));
  expect(recordId('005', 'x')).not.toBe(recordId('005', 'y'));
});

test('scopes', () => {
  expect(requestedScopes('api offline_access  api')).toEqual(['api', 'refresh_token']);
  expect(requestedScopes(null)).toContain('refresh_token');
  expect(answeredScopes(['openid', 'api', 'refresh_token'])).toBe('refresh_token api openid');
  expect(new Set(SCOPES).size).toBe(SCOPES.length);
});

describe('the token answer', () => {
  test('has Salesforce’s fields and no other', async () => {
    const { login, mock } = await stage();
    const tokens = await login({ scope: 'openid api refresh_token', nonce: 'n-1' }, 'U7');
    expect(Object.keys(tokens)).toEqual([
      'access_token',
      'refresh_token',
      'signature',
      'scope',
      'id_token',
      'instance_url',
      'id',
      'token_type',
      'issued_at',
    ]);
    expect(tokens['token_type']).toBe('Bearer');
    expect(tokens['issued_at']).toMatch(/^\d{13}$/);
    expect(tokens.access_token.slice(0, 16)).toBe(`${mock.org.id.slice(0, 15)}!`);
    expect(tokens['id']).toMatch(new RegExp(`^${mock.loginUrl}/id/${mock.org.id}/005[A-Za-z0-9]{15}$`));
    const signature = createHmac('sha256', SECRET)
      .update(tokens['id']! + tokens['issued_at']!)
      .digest('base64');
    expect(tokens['signature']).toBe(signature);
    expect(decodeProtectedHeader(tokens['id_token']!)).toMatchObject({ alg: 'RS256', kid: '210' });
    expect(decodeJwt(tokens['id_token']!)).toMatchObject({
      iss: mock.loginUrl,
      aud: CLIENT_ID,
      sub: tokens['id'],
      nonce: 'n-1',
    });
  });

  test('without the scope there is no refresh token, and without openid no id_token', async () => {
    const { login, refresh } = await stage();
    const tokens = await login({ scope: 'api' });
    expect(tokens).not.toHaveProperty('refresh_token');
    expect(tokens).not.toHaveProperty('id_token');
    expect(tokens['scope']).toBe('api');
    expect((await login({ scope: 'api offline_access' })).refresh_token).toMatch(/^5Aep861/);
    expect((await refresh('')).status).toBe(400);
  });

  test('comes as JSON, XML or a form, as format or Accept say; cookies are prefixed', async () => {
    const { authorize, token } = await stage();
    const ask = async (fields: Record<string, string>, accept: string) => {
      const { code, verifier } = await authorize();
      const grant = { grant_type: 'authorization_code', client_id: CLIENT_ID, redirect_uri: CALLBACK };
      return token({ ...grant, code, code_verifier: verifier, ...fields }, { accept });
    };
    const json = await ask({}, 'text/html');
    expect(json.body).toHaveProperty('access_token');
    expect(json.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(json.headers.get('cache-control')).toBe('no-cache,must-revalidate,max-age=0,no-store,private');
    expect(json.headers.has('pragma')).toBe(false);
    expect(json.headers.get('x-readonlymode')).toBe('false');
    expect(json.headers.get('vary')).toBe('Accept-Encoding');
    for (const cookie of json.headers.getSetCookie()) expect(cookie).toMatch(/^sfmock_/);
    expect((await ask({}, 'application/xml')).text).toMatch(/^<\?xml.*<access_token>00D[^<]*<\/access_token>/);
    const form = await ask({ format: 'urlencoded' }, 'application/xml');
    expect(new URLSearchParams(form.text).get('refresh_token')).toMatch(/^5Aep861/);
    expect((await ask({ format: 'json' }, 'application/xml')).body).toHaveProperty('access_token');
  });
});

test('discovery is what login.salesforce.com was seen to say, field by field', async () => {
  const { mock } = await stage({ hosts: ['my-domain'] });
  const get = async (origin: string) =>
    (await (await fetch(`${origin}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
  const login = await get(mock.loginUrl);
  expect(Object.keys(login)).toEqual([
    ...['issuer', 'authorization_endpoint', 'token_endpoint', 'revocation_endpoint', 'userinfo_endpoint', 'jwks_uri'],
    ...['registration_endpoint', 'introspection_endpoint', 'scopes_supported', 'response_types_supported'],
    ...['subject_types_supported', 'id_token_signing_alg_values_supported', 'dpop_signing_alg_values_supported'],
    ...['display_values_supported', 'token_endpoint_auth_methods_supported', 'claims_supported'],
  ]);
  // No word of PKCE: a client that looks for it there goes without, as it would on the platform.
  expect(login).not.toHaveProperty('code_challenge_methods_supported');
  expect(login['scopes_supported']).toHaveLength(36);
  const known = new Set([...SCOPES, 'offline_access']);
  expect(new Set(login['scopes_supported'] as string[])).toEqual(known);
  const domain = await get(mock.hosts['my-domain']!);
  expect(Object.keys(domain).slice(0, 4)).toEqual([
    ...['end_session_endpoint', 'frontchannel_logout_supported', 'frontchannel_logout_session_supported', 'issuer'],
  ]);
  const naming = await stage({ switches: { discoveryNamesPkce: true } });
  expect(await get(naming.mock.loginUrl)).toMatchObject({ code_challenge_methods_supported: ['S256'] });
});

test('discovery and keys', async () => {
  const { mock } = await stage();
  const get = async (path: string) => (await fetch(mock.loginUrl + path)).json() as Promise<Record<string, unknown>>;
  const document = await get('/.well-known/openid-configuration');
  expect(document).toMatchObject({
    issuer: mock.loginUrl,
    token_endpoint: `${mock.loginUrl}/services/oauth2/token`,
    jwks_uri: `${mock.loginUrl}/id/keys`,
  });
  const { keys } = (await get('/id/keys')) as { keys: Record<string, string>[] };
  expect(keys).toMatchObject([{ kty: 'RSA', kid: '210', alg: 'RS256' }]);
  for (const secret of ['d', 'p', 'q']) expect(keys[0]).not.toHaveProperty(secret);
});

test('pages of other origins may call', async () => {
  const { mock } = await stage();
  const preflight = await fetch(`${mock.loginUrl}/services/oauth2/token`, {
    method: 'OPTIONS',
    headers: { origin: 'http://app.example', 'access-control-request-headers': 'authorization' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('http://app.example');
  expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization');
});
