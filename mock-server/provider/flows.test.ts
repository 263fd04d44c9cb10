import { describe, expect, test } from 'vitest';
import { visit } from '../../test-kit/login.ts';
import { CALLBACK, CLIENT_ID, stage } from '../fixtures/stage.ts';

const fragment = (url: URL) => new URLSearchParams(url.hash.slice(1));

describe('user-agent flow', () => {
  test.each(['token', 'token id_token', 'hybrid_token'])('%s: tokens in the fragment, that rotate', async (type) => {
    const { browse, authorizeUrl, refresh, call, of } = await stage({ mode: 'salesforce' });
    const asked = { response_type: type, state: 's 1', scope: 'openid api refresh_token' };
    const { url } = await browse(authorizeUrl(asked), 'U2');
    expect(url!.search).toBe('');
    const fields = fragment(url!);
    expect(fields.get('state')).toBe('s 1');
    expect(fields.has('lightning_sid')).toBe(type === 'hybrid_token');
    expect((await call(fields.get('access_token'))).status).toBe(200);
    expect((await refresh(fields.get('refresh_token')!)).status).toBe(200);
    expect(of('response').filter(({ issued }) => issued?.accessToken).length).toBe(2);
    expect(of('note')).toEqual([]);
  });

  test('errors are in the fragment too', async () => {
    const { browse, authorizeUrl } = await stage({ mode: 'salesforce' });
    const { url } = await browse(authorizeUrl({ response_type: 'token', immediate: 'true', state: 'x' }));
    expect(Object.fromEntries(fragment(url!))).toMatchObject({ error: 'immediate_unsuccessful', state: 'x' });
  });

  test.each(['strict', 'observing'] as const)('%s refuses it', async (mode) => {
    const { browse, authorizeUrl } = await stage({ mode });
    const { url } = await browse(authorizeUrl({ response_type: 'token' }));
    expect(url!.href).toMatch(/error=unsupported_response_type/);
  });
});

describe('what the authorization endpoint bears', () => {
  test.each([
    { display: 'page' },
    { display: 'popup' },
    { display: 'touch' },
    { display: 'mobile' },
    { prompt: 'login' },
    { prompt: 'login consent' },
    { prompt: 'select_account' },
    { login_hint: 'user@example.com', sso_provider: 'x', immediate: 'false' },
    { nonce: 'n', device_id: 'd', dpop_jkt: 'j', anything: 'else' },
  ])('%j', async (fields) => {
    const { login } = await stage();
    expect((await login(fields as unknown as Record<string, string>)).refresh_token).toMatch(/^5Aep861/);
  });

  test('a brand may follow', async () => {
    const { browse, authorizeUrl } = await stage({ mode: 'salesforce' });
    const url = authorizeUrl({ code_challenge: 'a'.repeat(43) }).replace('/authorize?', '/authorize/mybrand?');
    expect((await browse(url)).url!.searchParams.get('code')).toMatch(/^aPrx/);
  });

  test('a missing challenge is reported in four ways', async () => {
    const redirected = await stage();
    expect((await redirected.browse(redirected.authorizeUrl({}))).url!.searchParams.get('error')).toBe(
      'invalid_request',
    );
    const approval = await stage({ switches: { missingChallenge: 'approval' } });
    expect((await approval.browse(approval.authorizeUrl({}))).url!.searchParams.get('error')).toBe(
      'OAUTH_APPROVAL_ERROR_GENERIC',
    );
    const text = await stage({ switches: { missingChallenge: 'text' } });
    const answer = await fetch(text.authorizeUrl({}), { redirect: 'manual' });
    expect(answer.headers.get('content-type')).toBeNull();
    expect(await answer.text()).toContain('missing%20required%20code%20challenge');
    const page = await stage({ switches: { missingChallenge: 'error-page' } });
    const stopped = await page.browse(page.authorizeUrl({}));
    expect(stopped).toMatchObject({ page: { status: 500 } });
    expect(stopped.url).toBeUndefined();
  });

  test('the user’s no is spelled as the switch says', async () => {
    for (const spelling of ['access_denied', 'access-denied']) {
      const { mock, browse, authorizeUrl } = await stage({
        mode: 'salesforce',
        switches: { denialSpelling: spelling },
      });
      const { at, jar } = await browse(authorizeUrl({ code_challenge: 'a'.repeat(43) }), null);
      const { url } = await visit(mock, at!.href, { form: { answer: 'deny' }, jar });
      expect(url!.searchParams.get('error')).toBe(spelling);
    }
  });
});

test('hybrid grants answer with sessions for web views, and rotate', async () => {
  const { authorize, redeem, refresh } = await stage();
  const { body } = await redeem(await authorize(), { grant_type: 'hybrid_auth_code' });
  expect(body).toHaveProperty('lightning_sid');
  const next = await refresh(body['refresh_token']!, { grant_type: 'hybrid_refresh' });
  expect(next.body).toHaveProperty('visualforce_sid');
  expect(next.body['refresh_token']).not.toBe(body['refresh_token']);
});

describe('other hosts', () => {
  test('a login on My Domain, and on an Experience site with its fields', async () => {
    const { mock, browse, authorizeUrl, token } = await stage({
      mode: 'salesforce',
      hosts: ['my-domain', 'experience', 'test'],
    });
    for (const host of ['my-domain', 'experience', 'test'] as const) {
      const origin = mock.hosts[host]!;
      const { url } = await browse(
        authorizeUrl({ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }, origin),
      );
      const fields = {
        grant_type: 'authorization_code',
        client_id: CLIENT_ID,
        redirect_uri: CALLBACK,
        code: url!.searchParams.get('code')!,
        code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      };
      const { body } = await token(fields, {}, '', origin);
      expect(body['instance_url']).toBe(mock.instanceUrl);
      expect(body['id']).toContain(host === 'test' ? origin : mock.loginUrl);
      expect(body['sfdc_community_url']).toBe(host === 'experience' ? origin : undefined);
      const again = await token(
        { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: body['refresh_token']! },
        {},
        '',
        origin,
      );
      expect(again.status).toBe(200);
    }
  });
});

describe('small endpoints', () => {
  test('a PKCE pair that works', async () => {
    const { mock, browse, authorizeUrl, redeem } = await stage();
    const pair = (await (await fetch(`${mock.loginUrl}/services/oauth2/pkce/generator`)).json()) as Record<
      string,
      string
    >;
    const url = authorizeUrl({ code_challenge: pair['code_challenge']!, code_challenge_method: 'S256' });
    const code = (await browse(url)).url!.searchParams.get('code')!;
    expect((await redeem({ code, verifier: pair['code_verifier']! })).status).toBe(200);
  });

  test('single access wants the scope web', async () => {
    const { login, call, mock } = await stage();
    const path = '/services/oauth2/singleaccess';
    const web = await login({ scope: 'api web' });
    const { body } = await call(web.access_token, `${path}?redirect_uri=/lightning/page/home`, { method: 'POST' });
    const url = new URL(body['frontdoor_uri']!);
    expect(url.origin).toBe(mock.instanceUrl);
    expect(url.searchParams.get('startURL')).toBe('/lightning/page/home');
    for (const away of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const answer = await call(web.access_token, `${path}?redirect_uri=${encodeURIComponent(away)}`);
      expect(answer.text).toBe('Invalid_Param');
    }
    expect(await call((await login({ scope: 'api' })).access_token, path)).toMatchObject({
      status: 403,
      text: 'Invalid_Scope',
    });
    expect(await call('garbage', path)).toMatchObject({ status: 403, text: 'Bad_OAuth_Token' });
  });

  test('registration', async () => {
    const { login, call, mock } = await stage();
    const { access_token: access } = await login();
    const ask = (body: unknown, token: string | null = access) =>
      call(token, '/services/oauth2/register', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    const good = { client_name: 'x', redirect_uris: ['https://a.example/cb', 'http://127.0.0.1:1/cb', 'myapp://cb'] };
    expect(await ask(good)).toMatchObject({ status: 201, body: { client_id: expect.stringMatching(/^3MVG9/) } });
    expect((await ask(good, null)).status).toBe(401);
    for (const bad of [
      '{',
      '[]',
      {},
      { ...good, redirect_uris: ['http://a.example'] },
      { ...good, redirect_uris: ['javascript:1'] },
    ]) {
      expect(await ask(bad)).toMatchObject({ status: 400, body: { error: 'failed_registration' } });
    }
    for (let count = 1; count < 100; count += 1) await ask(good);
    expect((await ask(good)).body['error']).toBe('exceeded_registration_limit');
    expect(mock.control.families()).toHaveLength(1);
  });

  test('every page says that it is a mock and loads nothing', async () => {
    const { mock, authorizeUrl } = await stage({ mode: 'salesforce' });
    const pages = [
      `${mock.loginUrl}/services/oauth2/success`,
      `${mock.loginUrl}/setup/connect`,
      `${mock.loginUrl}/services/oauth2/checksession`,
      `${mock.loginUrl}/services/auth/idp/oidc/logout?post_logout_redirect_uri=https://evil.example`,
      `${mock.instanceUrl}/secur/frontdoor.jsp?otp=x`,
    ];
    const texts: Response[] = await Promise.all(pages.map((page) => fetch(page)));
    const first = await fetch(authorizeUrl({ code_challenge: 'a'.repeat(43) }), { redirect: 'manual' });
    const cookie = first.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    texts.push(await fetch(new URL(first.headers.get('location')!, mock.loginUrl), { headers: { cookie } }));
    for (const answer of texts) {
      expect(answer.headers.get('content-type')).toMatch(/text\/html/);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      const html = await answer.text();
      expect(html).toContain('This is a mock for conformance tests, not Salesforce.');
      expect(html).not.toMatch(/<script|<link|<img|https?:\/\//);
    }
  });

  test('checksession may be framed', async () => {
    const { mock } = await stage();
    const { headers } = await fetch(`${mock.loginUrl}/services/oauth2/checksession`);
    expect(headers.get('content-security-policy')).not.toContain('frame-ancestors');
  });

  test('auth-configuration has the fields of the platform in its order', async () => {
    const { mock } = await stage({ hosts: ['my-domain'] });
    const origin = mock.hosts['my-domain']!;
    const answer = await fetch(`${origin}/.well-known/auth-configuration`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(JSON.stringify(await answer.json())).toBe(
      JSON.stringify({
        OrgId: mock.org.id.slice(0, 15),
        Url: origin,
        MobileSDK: {
          UseiOSNativeBrowserForAuthentication: false,
          UseAndroidNativeBrowserForAuthentication: false,
          shareBrowserSessionIOS: false,
          shareBrowserSessionAndroid: false,
        },
        LoginPage: null,
        SamlProviders: [],
        AuthProviders: [],
        CertificateLogin: null,
        LoginPageType: 'standard',
        LoginPageTypeConfigs: {},
      }),
    );
  });

  test('echo gives back what it was called with', async () => {
    const { mock } = await stage();
    const answer = await fetch(`${mock.loginUrl}/services/oauth2/echo?code=aPrx%3D%3D&state=a+b&__proto__=x`);
    expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(await answer.text()).toBe('{"code":"aPrx==","state":"a b","__proto__":"x"}');
  });
});

test.each([
  ['json', '{', {}],
  ['xml', '<?xml', {}],
  ['urlencoded', 'error=', {}],
  [undefined, '<?xml', { accept: 'application/xml' }],
  [undefined, '{', { accept: 'text/html' }],
  ['html', '{', { accept: 'text/html' }],
])('an error with format %s begins with %s', async (format, start, headers) => {
  const { token } = await stage();
  const { text, status } = await token({ grant_type: 'nothing', ...(format && { format }) }, headers);
  expect(status).toBe(400);
  expect(text.startsWith(start)).toBe(true);
  expect(text).toContain('unsupported_grant_type');
});
