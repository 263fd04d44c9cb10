import { describe, expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, SECRET, stage } from '../fixtures/stage.ts';
import { decodeJwt } from 'jose';

/** What a whole reading of the answers, header by header, has brought to light. */
describe('headers', () => {
  test('nothing of CORS goes to who is no page of another origin', async () => {
    const { mock, token, login } = await stage();
    const { access_token: access } = await login({ scope: 'openid api refresh_token' });
    const introspection = { method: 'POST', body: new URLSearchParams({ token: access, client_id: CLIENT_ID }) };
    const answers = [
      await token({ grant_type: 'authorization_code', client_id: CLIENT_ID, code: 'x', code_verifier: 'x'.repeat(43) }),
      await fetch(`${mock.loginUrl}/services/oauth2/introspect`, introspection),
      await fetch(`${mock.loginUrl}/id/keys`),
    ];
    for (const { headers } of answers) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers.get('vary') ?? '').not.toContain('Origin');
    }
    const page = await fetch(`${mock.loginUrl}/id/keys`, { headers: { origin: 'https://spa.example' } });
    expect(page.headers.get('access-control-allow-origin')).toBe('https://spa.example');
    expect(page.headers.get('access-control-expose-headers')).toBe('Retry-After, DPoP-Nonce');
  });

  test('the cookie BrowserId comes with errors and with answers of the API too', async () => {
    const { token, call, login } = await stage();
    const answers = [
      await token({ grant_type: 'nothing' }),
      await call('dead'),
      await call((await login()).access_token),
    ];
    for (const { headers } of answers) expect(headers.getSetCookie()[0]).toMatch(/^sfmock_BrowserId=[\w-]{22};/);
  });
});

test('keys are JSON, in the order that is known', async () => {
  const { mock } = await stage();
  const answer = await fetch(`${mock.loginUrl}/id/keys`);
  expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
  const { keys } = (await answer.json()) as { readonly keys: readonly object[] };
  expect(Object.keys(keys[0]!)).toEqual(['kty', 'use', 'alg', 'kid', 'n', 'e']);
});

const URLS = [
  ...['enterprise', 'metadata', 'partner', 'rest', 'sobjects', 'search', 'query', 'recent', 'tooling_soap'],
  ...['tooling_rest', 'profile', 'feeds', 'groups', 'users', 'feed_items', 'feed_elements', 'custom_domain'],
];

test('userinfo and identity have the fields of captured ones, in their order', async () => {
  const { call, login } = await stage();
  const tokens = await login();
  const user = (await call(tokens.access_token, '/services/oauth2/userinfo')).body as Record<string, unknown>;
  expect(Object.keys(user)).toEqual([
    ...['sub', 'user_id', 'organization_id', 'preferred_username', 'nickname', 'name', 'email', 'email_verified'],
    ...['given_name', 'family_name', 'zoneinfo', 'photos', 'profile', 'picture', 'address'],
    // The Mobile SDK for Android ends the login when this one is missing.
    ...['is_salesforce_integration_user', 'urls', 'active', 'user_type', 'language', 'locale', 'utcOffset'],
    ...['updated_at', 'is_app_installed'],
  ]);
  expect(Object.keys(user['urls'] as object)).toEqual(URLS);
  const identity = (await call(tokens.access_token, new URL(tokens['id']!).pathname)).body as Record<string, unknown>;
  expect(Object.keys(identity)).toEqual([
    ...['id', 'asserted_user', 'user_id', 'organization_id', 'username', 'nick_name', 'display_name', 'email'],
    ...['email_verified', 'first_name', 'last_name', 'timezone', 'photos', 'addr_street', 'addr_city', 'addr_state'],
    ...['addr_country', 'addr_zip', 'mobile_phone', 'mobile_phone_verified', 'is_lightning_login_user', 'status'],
    ...['urls', 'active', 'user_type', 'language', 'locale', 'utcOffset', 'last_modified_date', 'is_app_installed'],
  ]);
  expect(identity).toMatchObject({ id: tokens['id'], username: 'u1@example.com', status: { created_date: null } });
});

describe('introspection', () => {
  const ask = async (origin: string, query: Record<string, string>, method = 'POST') => {
    const path = `${origin}/services/oauth2/introspect?${new URLSearchParams(query).toString()}`;
    const answer = await fetch(path, { method });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  test('reads the query as the platform does, by POST only', async () => {
    const { mock, login } = await stage({ client: 'confidential' });
    const { access_token: token } = await login({}, 'U1', { client_secret: SECRET });
    const query = { token, client_id: CLIENT_ID, client_secret: SECRET };
    expect((await ask(mock.loginUrl, query)).body).toMatchObject({ active: true });
    expect(await ask(mock.loginUrl, query, 'GET')).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  test('says who asks wrongly in the words of the token endpoint', async () => {
    const { mock } = await stage({ client: 'confidential' });
    const token = 'x';
    expect((await ask(mock.loginUrl, { token })).body['error']).toBe('invalid_client_id');
    expect((await ask(mock.loginUrl, { token, client_id: 'x' })).body['error']).toBe('invalid_client_id');
    expect((await ask(mock.loginUrl, { token, client_id: CLIENT_ID })).body['error']).toBe('invalid_client');
  });
});

test('single access takes relative addresses with and without a slash, and no others', async () => {
  const { login, call, mock } = await stage({ hosts: ['experience'] });
  const { access_token: access } = await login({ scope: 'api web' });
  const ask = (to: string) => call(access, `/services/oauth2/singleaccess?redirect_uri=${encodeURIComponent(to)}`);
  const start = async (to: string) => new URL((await ask(to)).body['frontdoor_uri']!).searchParams.get('startURL');
  expect(await start('portal/accounts?x=1')).toBe('portal/accounts?x=1');
  expect(await start('/lightning/page/home')).toBe('/lightning/page/home');
  for (const away of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '\\\\evil'])
    expect(await ask(away)).toMatchObject({ status: 403, text: 'Invalid_Param' });
  const site = await fetch(`${mock.hosts.experience!}/services/oauth2/singleaccess`, {
    headers: { authorization: `Bearer ${access}` },
  });
  const { frontdoor_uri: door } = (await site.json()) as { readonly frontdoor_uri: string };
  expect(new URL(door).origin).toBe(mock.hosts.experience);
});

test('a site says which it is: in the callback, and early in the token answer', async () => {
  const { mock, browse, authorizeUrl, token } = await stage({ hosts: ['experience'] });
  const origin = mock.hosts.experience!;
  const challenge = {
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  };
  const { url } = await browse(authorizeUrl({ ...challenge, state: 's' }, origin));
  expect(Object.fromEntries(url!.searchParams)).toMatchObject({
    state: 's',
    sfdc_community_url: origin,
    sfdc_community_id: expect.stringMatching(/^0DB/) as string,
  });
  const fields = {
    ...{ grant_type: 'authorization_code', client_id: CLIENT_ID, redirect_uri: CALLBACK },
    ...{ code: url!.searchParams.get('code')!, code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' },
  };
  const { body } = await token(fields, {}, '', origin);
  expect(Object.keys(body)).toEqual([
    ...['access_token', 'refresh_token', 'sfdc_community_url', 'sfdc_community_id', 'signature', 'token_format'],
    ...['scope', 'instance_url', 'id', 'token_type', 'issued_at'],
  ]);
  expect(body['token_format']).toBe('opaque');
});

test('an id_token is good for two minutes, unless the switch says otherwise', async () => {
  const age = async (idTokenMs?: number) => {
    const { login } = await stage(idTokenMs === undefined ? {} : { switches: { idTokenMs } });
    const { exp = 0, iat = 0 } = decodeJwt((await login({ scope: 'openid api' }))['id_token']!);
    return exp - iat;
  };
  expect(await age()).toBe(120);
  expect(await age(43_200_000)).toBe(43_200);
});

test('CORS as on the platform: not for OAuth on the login hosts, and nowhere for single access', async () => {
  const { mock } = await stage({ switches: { corsAsOnPlatform: true }, hosts: ['my-domain', 'test'] });
  const allowed = async (origin: string, path: string, method = 'OPTIONS') => {
    const answer = await fetch(origin + path, { method, headers: { origin: 'https://spa.example' } });
    return answer.headers.get('access-control-allow-origin') !== null;
  };
  for (const path of ['token', 'revoke', 'introspect', 'authorize', 'pkce/generator']) {
    for (const login of [mock.loginUrl, mock.hosts.test!])
      expect(await allowed(login, `/services/oauth2/${path}`)).toBe(false);
    expect(await allowed(mock.hosts['my-domain']!, `/services/oauth2/${path}`)).toBe(true);
  }
  expect(await allowed(mock.loginUrl, '/services/oauth2/pkce/generator', 'GET')).toBe(false);
  for (const path of ['/id/keys', '/.well-known/openid-configuration', '/.well-known/auth-configuration'])
    expect(await allowed(mock.loginUrl, path, 'GET')).toBe(true);
  expect(await allowed(mock.hosts['my-domain']!, '/services/oauth2/singleaccess')).toBe(false);
  expect(await allowed(mock.instanceUrl, '/services/data/v67.0/limits')).toBe(true);
  const usual = await stage();
  expect(await allowed(usual.mock.loginUrl, '/services/oauth2/token')).toBe(true);
});
