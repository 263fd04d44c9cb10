import { describe, expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, pkce, SECRET, stage } from '../fixtures/stage.ts';

const basic = (secret: string) => ({
  authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${secret}`).toString('base64')}`,
});
const CREDENTIALS = { error: 'invalid_client', error_description: 'invalid client credentials' };
const VERIFIER = { error: 'invalid_grant', error_description: 'invalid code verifier' };
const USED = { error: 'invalid_grant', error_description: 'expired authorization code' };

describe('strict: authorization', () => {
  test.each([
    ['missing challenge', { code_challenge_method: 'S256' }, 'invalid_request', 'missing required code challenge'],
    ['missing method', { code_challenge: pkce().challenge }, 'invalid_request', 'code challenge method must be S256'],
    [
      'plain',
      { code_challenge: pkce().challenge, code_challenge_method: 'plain' },
      'invalid_request',
      'code challenge method must be S256',
    ],
    [
      'malformed',
      { code_challenge: `${pkce().challenge}=`, code_challenge_method: 'S256' },
      'invalid_request',
      'invalid code challenge',
    ],
    ['token', { response_type: 'token' }, 'unsupported_response_type', 'response type not supported'],
  ])('%s goes back to the client', async (_name, fields, error, description) => {
    const { authorizeUrl, browse, of } = await stage();
    const { url } = await browse(authorizeUrl({ state: 'a b&c', ...fields }));
    expect(url!.href.startsWith(`${CALLBACK}?`)).toBe(true);
    expect(Object.fromEntries(url!.searchParams)).toEqual({ error, error_description: description, state: 'a b&c' });
    expect(of('response')[0]).toMatchObject({ status: 302, error, deniedBy: expect.any(String) });
  });

  test.each([
    [{ client_id: 'unknown' }, 'error=invalid_client_id&error_description=client%20identifier%20invalid'],
    [
      { redirect_uri: 'http://evil.example/' },
      'error=redirect_uri_mismatch&error_description=redirect_uri%20must%20match%20configuration',
    ],
    [{ redirect_uri: '' }, 'error=redirect_uri_missing&error_description=redirect_uri%20not%20provided'],
  ])('%j is shown, never redirected', async (fields, text) => {
    const { authorizeUrl, browse } = await stage();
    const { challenge } = pkce();
    const { page } = await browse(
      authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256', ...fields }),
    );
    expect(page).toMatchObject({ status: 400, text });
    expect(page!.headers.get('content-type')).toContain('text/plain');
  });

  test('a repeated parameter is refused', async () => {
    const { authorizeUrl, browse } = await stage();
    const { challenge } = pkce();
    const { url } = await browse(
      `${authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256', state: 'a' })}&state=b`,
    );
    expect(url!.searchParams.get('error')).toBe('invalid_request');
  });

  test('prompt, login_hint, display and nonce without openid are tolerated; state comes back; there is no iss', async () => {
    const { authorize } = await stage();
    const { callback, code } = await authorize({
      prompt: 'login consent',
      login_hint: 'u@x',
      display: 'touch',
      nonce: 'n',
      state: 'ü/+?',
    });
    expect([...callback!.searchParams.keys()].sort()).toEqual(['code', 'state']);
    expect(callback!.searchParams.get('state')).toBe('ü/+?');
    expect(code).toMatch(/^aPrx[A-Za-z0-9._]{64}==$/);
  });

  test('immediate=true finds no signed-in user', async () => {
    const { authorize } = await stage();
    expect((await authorize({ immediate: 'true' })).callback!.searchParams.get('error')).toBe('immediate_unsuccessful');
  });
});

describe('strict: token', () => {
  test('a public client may send no secret in any place', async () => {
    const { authorize, redeem, token, of } = await stage();
    const login = await authorize();
    const fields = {
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      redirect_uri: CALLBACK,
      code: login.code,
      code_verifier: login.verifier,
    };
    for (const answer of [
      await redeem(login, { client_secret: SECRET }),
      await redeem(login, { client_secret: '' }),
      await redeem(login, { client_secret: 'wrong' }),
      await token(fields, {}, `?client_secret=${SECRET}`),
      await token(fields, basic(SECRET)),
      await token(fields, basic('')),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: CREDENTIALS });
    }
    expect(new Set(of('response').flatMap(({ deniedBy }) => deniedBy ?? []))).toEqual(new Set(['secret-from-public']));
    expect((await redeem(login)).status).toBe(200);
  });

  test.each(['public', 'confidential'] as const)(
    '%s: all parameters may be in the URL of a POST without a body; every refusal names its rule',
    async (client) => {
      const { authorize, token, secret } = await stage({ client });
      const login = await authorize();
      const code = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code: login.code };
      const at = (fields: Record<string, string>) =>
        token('', {}, `?${new URLSearchParams({ client_id: CLIENT_ID, ...secret, ...fields }).toString()}`);
      const refused = await at(code);
      expect(refused.headers.get('x-sf-conformance-rule')).toBe('missing-verifier; SF-PKCE-TOKEN');
      const { status, body } = await at({ ...code, code_verifier: login.verifier });
      expect(status).toBe(200);
      const refreshed = await at({ grant_type: 'refresh_token', refresh_token: body['refresh_token']! });
      expect(refreshed.status).toBe(200);
      expect(refreshed.headers.get('x-sf-conformance-rule')).toBeNull();
    },
  );

  test('401 behind a switch', async () => {
    const { authorize, redeem } = await stage({ switches: { invalidClientStatus: 401 } });
    expect((await redeem(await authorize(), { client_secret: SECRET })).status).toBe(401);
  });

  test('a confidential client needs secret and verifier', async () => {
    const { authorize, redeem, refresh } = await stage({ client: 'confidential' });
    const login = await authorize();
    expect(await redeem(login)).toMatchObject({ status: 400, body: CREDENTIALS });
    expect(await redeem(login, { client_secret: 'wrong' })).toMatchObject({ status: 400, body: CREDENTIALS });
    expect(await redeem({ ...login, verifier: '' }, { client_secret: SECRET })).toMatchObject({
      status: 400,
      body: VERIFIER,
    });
    const { body, status } = await redeem(login, { client_secret: SECRET });
    expect(status).toBe(200);
    expect(await refresh(body['refresh_token']!)).toMatchObject({ status: 400, body: CREDENTIALS });
    expect((await refresh(body['refresh_token']!, { client_secret: SECRET })).status).toBe(200);
  });

  test.each([42, 129, 171])('a verifier of %i characters is refused', async (length) => {
    const { authorizeUrl, browse, redeem } = await stage();
    const { verifier, challenge } = pkce('v'.repeat(length));
    const { url } = await browse(authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' }));
    const answer = await redeem({ code: url!.searchParams.get('code')!, verifier });
    expect(answer).toMatchObject({ status: 400, body: VERIFIER });
  });

  test('a tilde is allowed', async () => {
    const { authorizeUrl, browse, redeem } = await stage();
    const { verifier, challenge } = pkce(`${'v'.repeat(42)}~`);
    const { url } = await browse(authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' }));
    expect((await redeem({ code: url!.searchParams.get('code')!, verifier })).status).toBe(200);
  });

  test('a wrong verifier burns the code, unless the switch says otherwise', async () => {
    const strict = await stage();
    const login = await strict.authorize();
    expect(await strict.redeem({ ...login, verifier: pkce().verifier })).toMatchObject({ status: 400, body: VERIFIER });
    expect(await strict.redeem(login)).toMatchObject({ status: 400, body: USED });
    expect(strict.mock.control.families()).toEqual([]);
    expect(strict.of('response').at(-2)).toMatchObject({ deniedBy: 'wrong-verifier' });

    const lenient = await stage({ switches: { burnCodeOnWrongVerifier: false } });
    const again = await lenient.authorize();
    expect((await lenient.redeem({ ...again, verifier: pkce().verifier })).status).toBe(400);
    expect((await lenient.redeem(again)).status).toBe(200);
  });

  test('a code is good once; its reuse revokes only under the switch', async () => {
    for (const codeReuseRevokes of [false, true]) {
      const { authorize, redeem, mock, of } = await stage({ switches: { codeReuseRevokes } });
      const login = await authorize();
      expect((await redeem(login)).status).toBe(200);
      expect(await redeem(login)).toMatchObject({ status: 400, body: USED });
      expect(mock.control.families()[0]).toMatchObject({ alive: !codeReuseRevokes });
      expect(of('family').at(-1)).toMatchObject(
        codeReuseRevokes ? { change: 'revoked', reason: 'code-reuse' } : { change: 'created' },
      );
    }
  });

  test('foreign codes, other redirect URIs, other clients', async () => {
    const { authorize, redeem } = await stage();
    const login = await authorize();
    expect((await redeem({ ...login, code: 'aPrxgarbage==' })).body['error_description']).toBe(
      'invalid authorization code',
    );
    expect((await redeem(login, { redirect_uri: 'http://127.0.0.1:9/callback' })).body['error']).toBe(
      'redirect_uri_mismatch',
    );
    expect((await redeem(login, { client_id: 'other' })).body).toEqual({
      error: 'invalid_client_id',
      error_description: 'client identifier invalid',
    });
    expect((await redeem(login)).status).toBe(200);
  });

  test('scope on a refresh, unknown grants, other content types, GET', async () => {
    const { login, refresh, token, mock } = await stage();
    const tokens = await login();
    expect((await refresh(tokens.refresh_token, { scope: 'api' })).body).toEqual({
      error: 'invalid_request',
      error_description: 'scope parameter not supported',
    });
    const unsupported = {
      status: 400,
      body: { error: 'unsupported_grant_type', error_description: 'grant type not supported' },
    };
    expect(await token({ grant_type: 'urn:openid:params:grant-type:ciba' })).toMatchObject(unsupported);
    expect(await token({})).toMatchObject(unsupported);
    expect(await token('{"grant_type":"refresh_token"}', { 'content-type': 'application/json' })).toMatchObject(
      unsupported,
    );
    const got = await fetch(`${mock.loginUrl}/services/oauth2/token?grant_type=refresh_token`);
    expect(await got.json()).toEqual({ error: 'invalid_request', error_description: 'must use HTTP POST' });
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  test('a refresh that the policy refused is written down and rotates nothing', async () => {
    const { login, refresh, of, mock } = await stage();
    const tokens = await login();
    await refresh(tokens.refresh_token, { client_secret: 'wrong' });
    expect(of('rotation')).toMatchObject([{ outcome: 'refused', family: 'F#1' }]);
    expect(mock.control.families()[0]).toMatchObject({ generation: 0, alive: true });
  });

  test('errors are JSON whatever the client accepts', async () => {
    const { token } = await stage();
    for (const accept of ['text/html', 'text/html;q=1, image/gif', '*/*']) {
      const answer = await token({ grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: 'x' }, { accept });
      expect(answer.body).toEqual({ error: 'invalid_grant', error_description: 'expired access/refresh token' });
      expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8');
      expect(answer.headers.get('cache-control')).toContain('no-store');
    }
  });

  test('the names of the hybrid flow mean the same', async () => {
    const { authorize, redeem, refresh, of } = await stage();
    const { body } = await redeem(await authorize(), { grant_type: 'hybrid_auth_code' });
    expect((await refresh(body['refresh_token']!, { grant_type: 'hybrid_refresh' })).status).toBe(200);
    expect(of('rotation')).toMatchObject([{ outcome: 'rotated' }]);
  });
});
