import { describe, expect, test } from 'vitest';
import { CLIENT_ID, SECRET, stage } from '../fixtures/stage.ts';

const INVALID = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];

describe('REST', () => {
  test.each([
    '/services/data/v67.0/',
    '/services/data/v67.0/limits',
    '/services/data/v67.0/query?q=SELECT+Id+FROM+Account',
    '/services/data/v67.0/sobjects/Account/001000000000001',
    '/services/data/v67.0/not/foreseen/this',
    '/services/apexrest/mine',
    '/services',
  ])('%s without a live session is 401', async (path) => {
    const { call, login, mock } = await stage();
    const { access_token: token } = await login();
    for (const bad of [null, 'garbage', `${token}x`]) {
      const answer = await call(bad, path);
      expect(answer).toMatchObject({ status: 401, body: INVALID });
      expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    }
    expect((await call(token, path)).status).not.toBe(401);
    mock.control.expireAccessTokens();
    expect(await call(token, path)).toMatchObject({ status: 401, body: INVALID });
  });

  test('what a client finds', async () => {
    const { call, login, mock } = await stage();
    const tokens = await login({}, 'U2');
    const get = async (path: string, init: RequestInit = {}) => call(tokens.access_token, path, init);
    const user = tokens['id']!.split('/').at(-1)!;
    expect((await call(null, '/services/data/')).body).toContainEqual({
      label: "Summer '26",
      url: '/services/data/v67.0',
      version: '67.0',
    });
    expect((await get('/services/data/v67.0/')).body['identity']).toBe(tokens['id']);
    expect((await get('/services/data/v60.0/limits')).body).toHaveProperty('DailyApiRequests.Max');
    expect((await get('/services/data/v67.0/query?q=SELECT+Id+FROM+Organization')).body).toMatchObject({
      totalSize: 1,
      done: true,
      records: [{ attributes: { type: 'Organization' }, Id: mock.org.id }],
    });
    expect((await get('/services/data/v67.0/query?q=nonsense')).body).toMatchObject([{ errorCode: 'MALFORMED_QUERY' }]);
    expect((await get(`/services/data/v51.0/sobjects/User/${user}`)).body).toMatchObject({
      Id: user,
      Username: 'u2@example.com',
    });
    expect(
      await get('/services/data/v67.0/sobjects/Account', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
    ).toMatchObject({
      status: 201,
      body: { success: true },
    });
    // Clients name the version that they were made for: jsforce 50.0, older ones any since Summer '14.
    for (const version of ['v31.0', 'v50.0', 'latest'])
      expect((await get(`/services/data/${version}/limits`)).body).toHaveProperty('DailyApiRequests.Max');
    for (const version of ['v30.0', 'v7.0'])
      expect(await get(`/services/data/${version}/limits`)).toMatchObject({
        status: 410,
        body: [{ errorCode: 'GONE' }],
      });
    expect((await call(null, '/services/data/')).body[0]).toEqual({
      label: "Summer '14",
      url: '/services/data/v31.0',
      version: '31.0',
    });
    for (const path of [
      '/services/data/v67.0/nothing',
      '/services/data/v1.0/limits',
      '/services/apexrest/x',
      '/services/oauth2/nothing',
    ]) {
      expect(await get(path)).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
    }
  });

  test('the scheme may be OAuth, and both origins serve the API', async () => {
    const { call, login, mock } = await stage();
    const { access_token: token } = await login();
    expect((await call(null, undefined, { headers: { authorization: `OAuth ${token}` } })).status).toBe(200);
    const onLogin = await fetch(`${mock.loginUrl}/services/data/v67.0/limits`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(onLogin.status).toBe(200);
  });

  test('SOAP and Bulk say it in XML', async () => {
    const { call } = await stage();
    const soap = await call(null, '/services/Soap/u/60.0/00D', {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: '<x/>',
    });
    expect(soap).toMatchObject({
      status: 500,
      text: expect.stringContaining('<faultcode>sf:INVALID_SESSION_ID</faultcode>'),
    });
    const bulk = await call(null, '/services/async/60.0/job', { method: 'POST' });
    expect(bulk).toMatchObject({
      status: 400,
      text: expect.stringContaining('<exceptionCode>InvalidSessionId</exceptionCode>'),
    });
  });

  test('what the directory of a version names and takes no parameters is there', async () => {
    const { call, login } = await stage();
    const { access_token: token } = await login();
    const directory = (await call(token, '/services/data/v67.0/')).body;
    for (const name of ['tooling', 'metadata', 'sobjects', 'limits', 'tabs', 'appMenu'])
      expect((await call(token, directory[name])).status).toBe(200);
  });

  test('SOAP takes no JWT before version 68', async () => {
    const { call, login } = await stage({ switches: { jwtAccessTokens: true } });
    const { access_token: token } = await login();
    const ask = (version: string) =>
      call(token, `/services/Soap/u/${version}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: '<soapenv:Body><getUserInfo/></soapenv:Body>',
      });
    expect(await ask('67.0')).toMatchObject({ status: 500, text: expect.stringContaining('sf:INVALID_SESSION_ID') });
    expect((await ask('68.0')).status).toBe(200);
  });

  test('gates hold the 401, and any answer', async () => {
    const { call, login, mock, of } = await stage();
    const { access_token: token } = await login();
    mock.control.expireAccessTokens();
    const denied = mock.control.hold({ point: 'resource-denied' });
    const answers = [call(token), call(token)];
    const held = await denied.settled(2, 5_000);
    expect(held.map((one) => one.token)).toEqual(['AT#1', 'AT#1']);
    expect(of('response').filter(({ endpoint }) => endpoint === 'resource')).toEqual([]);
    denied.close();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([401, 401]);
    const answer = mock.control.hold({ point: 'resource-answer' });
    const open = call(null, '/services/data');
    expect(await answer.settled(1, 5_000)).toHaveLength(1);
    answer.close();
    expect((await open).status).toBe(200);
  });
});

describe('identity', () => {
  test('userinfo and the identity URL for any live token', async () => {
    const { call, login, mock } = await stage();
    const tokens = await login({ scope: 'api' }, 'U4');
    const path = new URL(tokens['id']!).pathname;
    expect((await call(tokens.access_token, '/services/oauth2/userinfo')).body).toMatchObject({
      sub: tokens['id'],
      organization_id: mock.org.id,
    });
    expect((await call(tokens.access_token, path)).body).toMatchObject({
      id: tokens['id'],
      username: 'u4@example.com',
    });
    expect((await call(tokens.access_token, path, { method: 'POST' })).status).toBe(200);
    const [, , org, user] = path.split('/');
    expect((await call(tokens.access_token, `/id/${org!.slice(0, 15)}/${user!.slice(0, 15)}`)).status).toBe(200);
    expect(await call(tokens.access_token, `/id/00D000000000000/${user!}`)).toMatchObject({
      status: 403,
      text: 'Wrong_Org',
    });
    expect(await call(tokens.access_token, `/id/${org!}/005000000000000`)).toMatchObject({
      status: 404,
      text: 'Bad_Id',
    });
    mock.control.expireAccessTokens();
    for (const dead of ['/services/oauth2/userinfo', path]) {
      expect(await call(tokens.access_token, dead)).toMatchObject({ status: 403, text: 'Bad_OAuth_Token' });
      expect(await call(null, dead)).toMatchObject({ status: 403, text: 'Missing_OAuth_Token' });
    }
  });
});

describe('identity and userinfo are written as they are asked for', () => {
  const shown = async (asked: string, accept = '*/*') => {
    const { call, login } = await stage();
    const tokens = await login({ scope: 'api' }, 'U4');
    const { pathname } = new URL(tokens['id']!);
    const answers = await Promise.all(
      [pathname, '/services/oauth2/userinfo'].map((path) =>
        call(tokens.access_token, path + asked, { headers: { accept } }),
      ),
    );
    return { answers, id: tokens['id']! };
  };

  test.each([
    ['?format=xml', '*/*'],
    ['?format=XML', 'application/json'],
    ['', 'application/xml, application/json'],
  ])('XML by %j, Accept %s', async (asked, accept) => {
    const { answers, id } = await shown(asked, accept);
    for (const { text, headers } of answers) {
      expect(headers.get('content-type')).toBe('application/xml;charset=UTF-8');
      expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?><user xmlns:xsi="[^"]*"><(id|sub)>/);
      expect(text).toContain(id);
      expect(text).toContain('<active>true</active>');
      expect(text).toMatch(/<photos><picture>[^<]*<\/picture>/);
    }
    expect(answers[0]!.text).toContain('<status><created_date xsi:nil="true"/><body xsi:nil="true"/></status>');
  });

  test.each([
    ['?format=json', 'application/xml'],
    ['?callback=a(b)', '*/*'],
  ])('JSON by %j, Accept %s', async (asked, accept) => {
    const { answers } = await shown(asked, accept);
    expect(answers.map(({ body }) => body['active'])).toEqual([true, true]);
  });

  test('JSONP, and the version in addresses', async () => {
    const { answers } = await shown('?callback=my.fn&version=60.0');
    for (const { text, headers } of answers) {
      expect(headers.get('content-type')).toBe('application/javascript;charset=UTF-8');
      expect(text).toMatch(/^my\.fn\(\{.*\}\);$/);
      expect(text).toContain('/services/data/v60.0/sobjects/');
      expect(text).not.toContain('{version}');
    }
    expect((await shown('?version=latest')).answers[0]!.text).toContain('/services/Soap/u/67.0/');
    expect((await shown('?version=x')).answers[0]!.text).toContain('/services/Soap/u/{version}/');
  });
});

describe('revocation', () => {
  const revoke = (origin: string, token: string, method = 'POST', more = '') =>
    method === 'POST'
      ? fetch(`${origin}/services/oauth2/revoke`, { method, body: new URLSearchParams({ token }) })
      : fetch(`${origin}/services/oauth2/revoke?token=${encodeURIComponent(token)}${more}`);

  test('an access token dies alone', async () => {
    const { call, login, mock, refresh } = await stage();
    const one = await login();
    const two = (await refresh(one.refresh_token)).body;
    expect((await revoke(mock.loginUrl, one.access_token)).status).toBe(200);
    expect((await call(one.access_token)).status).toBe(401);
    expect((await call(two['access_token']!)).status).toBe(200);
    expect((await refresh(two['refresh_token']!)).status).toBe(200);
    expect(await (await revoke(mock.loginUrl, one.access_token)).json()).toMatchObject({ error: 'invalid_token' });
  });

  test.each(['POST', 'GET'])('a refresh token takes its family along (%s)', async (method) => {
    const { call, login, mock, refresh, of } = await stage();
    const tokens = await login();
    expect((await revoke(mock.loginUrl, tokens.refresh_token, method)).status).toBe(200);
    expect((await call(tokens.access_token)).status).toBe(401);
    expect((await refresh(tokens.refresh_token)).body['error_description']).toBe('expired access/refresh token');
    expect(of('family').at(-1)).toMatchObject({ change: 'revoked', reason: 'revocation' });
    expect(of('rotation').at(-1)).toMatchObject({ outcome: 'dead' });
    expect((await revoke(mock.loginUrl, tokens.refresh_token, method)).status).toBe(400);
  });

  test('unknown tokens and types; JSONP', async () => {
    const { login, mock } = await stage();
    expect(await (await revoke(mock.loginUrl, 'garbage')).json()).toMatchObject({ error: 'invalid_token' });
    const hinted = await revoke(mock.loginUrl, 'x', 'GET', '&token_type_hint=saml');
    expect(await hinted.json()).toMatchObject({ error: 'unsupported_token_type' });
    const { refresh_token: token } = await login();
    expect(await (await revoke(mock.loginUrl, token, 'GET', '&callback=done')).text()).toBe('done({});');
    expect(await (await revoke(mock.loginUrl, token, 'GET', '&callback=done')).text()).toBe(
      'done({"error":"invalid_token"});',
    );
    expect(await (await revoke(mock.loginUrl, token, 'GET', '&callback=alert(1)//')).json()).toMatchObject({
      error: 'invalid_token',
    });
  });

  test('without a token: a line in urlencoded form, whatever the client accepts', async () => {
    const { mock, of } = await stage();
    for (const body of ['', 'token=', 'token%5Baccess_token%5D=x']) {
      const answer = await fetch(`${mock.loginUrl}/services/oauth2/revoke`, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toBe('application/x-www-form-urlencoded;charset=UTF-8');
      expect(await answer.text()).toBe(
        'error=unsupported_token_type&error_description=this%20token%20type%20is%20not%20supported',
      );
    }
    expect(of('response').map(({ error }) => error)).toEqual(Array.from({ length: 3 }, () => 'unsupported_token_type'));
  });

  test.each([
    ['text/plain; charset=utf-8', 'text/plain; charset=utf-8'],
    ['application/json;charset=UTF-8', 'application/json;charset=UTF-8'],
    ['none', null],
  ])('revokeContentType: %s', async (revokeContentType, type) => {
    const { login, mock } = await stage({ switches: { revokeContentType } });
    const answer = await revoke(mock.loginUrl, (await login()).access_token);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, type, '']);
  });

  test('of many revocations at once one succeeds, and the gate holds them', async () => {
    const { login, mock } = await stage();
    const { refresh_token: token } = await login();
    const gate = mock.control.hold({ point: 'revoke-request' });
    const answers = Array.from({ length: 5 }, () => revoke(mock.loginUrl, token));
    await gate.settled(5, 5_000);
    gate.close();
    expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  });
});

describe('introspection', () => {
  const ask = async (origin: string, fields: Record<string, string>) =>
    (
      await fetch(`${origin}/services/oauth2/introspect`, { method: 'POST', body: new URLSearchParams(fields) })
    ).json() as Promise<object>;

  test('live and invalid tokens', async () => {
    const { login, mock, refresh } = await stage({ client: 'confidential' });
    const one = await login({}, 'U1', { client_secret: SECRET });
    const client = { client_id: CLIENT_ID, client_secret: SECRET };
    expect(await ask(mock.loginUrl, { token: one.access_token, ...client })).toMatchObject({
      active: true,
      client_id: CLIENT_ID,
      scope: 'refresh_token api',
      sub: one['id'],
      username: 'u1@example.com',
      token_type: 'access_token',
    });
    expect(await ask(mock.loginUrl, { token: one.refresh_token, ...client })).toMatchObject({ active: true });
    await refresh(one.refresh_token, { client_secret: SECRET });
    expect(await ask(mock.loginUrl, { token: one.refresh_token, ...client })).toEqual({ active: false });
    expect(await ask(mock.loginUrl, { token: one.access_token, ...client })).toMatchObject({ active: true });
    expect(await ask(mock.loginUrl, { token: 'garbage', ...client })).toEqual({ active: false });
    expect(await ask(mock.loginUrl, { token: one.access_token, client_id: CLIENT_ID, client_secret: 'wrong' })).toEqual(
      {
        error: 'invalid_client',
        error_description: 'invalid client credentials',
      },
    );
  });
});
