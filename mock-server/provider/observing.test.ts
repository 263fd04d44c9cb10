import { describe, expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, pkce, SECRET, stage } from '../fixtures/stage.ts';

describe.each(['public', 'confidential'] as const)('observing accepts from a %s client', (client) => {
  const setting = { client, mode: 'observing' } as const;

  test.each([
    ['no PKCE at all', {}],
    ['no method', { code_challenge: pkce().challenge }],
    ['plain', { code_challenge: pkce().verifier, code_challenge_method: 'plain' }],
    ['a padded challenge', { code_challenge: `${pkce().challenge}=`, code_challenge_method: 'S256' }],
    ['a foreign challenge', { code_challenge: pkce().challenge, code_challenge_method: 'S256' }],
    ['an unknown scope', { scope: 'api refresh_token everything' }],
  ])('%s', async (_name, fields) => {
    const { authorizeUrl, browse, redeem } = await stage(setting);
    const { url } = await browse(authorizeUrl(fields));
    const answer = await redeem({ code: url!.searchParams.get('code')!, verifier: 'wrong' });
    expect(answer.status).toBe(200);
    expect(answer.body['refresh_token']).toMatch(/^5Aep861/);
  });

  test.each([
    ['no secret', {}, {}, ''],
    ['a wrong secret', { client_secret: 'wrong' }, {}, ''],
    ['an empty secret', { client_secret: '' }, {}, ''],
    ['the client id in the query', { client_id: '' }, {}, `?client_id=${CLIENT_ID}&client_secret=x`],
    ['the client id in Basic', { client_id: '' }, { authorization: `Basic ${btoa(`${CLIENT_ID}:wrong`)}` }, ''],
    ['both mechanisms', { client_secret: SECRET }, { authorization: `Basic ${btoa(`${CLIENT_ID}:${SECRET}`)}` }, ''],
    ['a scope on a refresh', { scope: 'api' }, {}, ''],
  ])('%s, on code exchange and refresh', async (_name, fields, headers, query) => {
    const { authorize, token, of } = await stage(setting);
    const login = await authorize();
    const send = (grant: Record<string, string>) => {
      const form = Object.entries({ client_id: CLIENT_ID, ...grant, ...fields });
      return token(
        Object.fromEntries(form.filter(([name, value]) => name !== 'client_id' || value !== '')),
        headers,
        query,
      );
    };
    const first = await send({ grant_type: 'authorization_code', code: login.code, redirect_uri: CALLBACK });
    expect(first.status).toBe(200);
    const second = await send({ grant_type: 'refresh_token', refresh_token: first.body['refresh_token']! });
    expect(second.status).toBe(200);
    expect(of('response').every(({ deniedBy }) => deniedBy === undefined)).toBe(true);
  });
});

test('observing enforces rotation, and codes are good once without revoking anything', async () => {
  const { authorize, redeem, refresh, mock } = await stage({ mode: 'observing', switches: { codeReuseRevokes: true } });
  const login = await authorize();
  const { body } = await redeem(login);
  expect((await redeem(login)).body['error_description']).toBe('expired authorization code');
  expect(mock.control.families()).toMatchObject([{ alive: true }]);
  expect((await refresh(body['refresh_token']!)).status).toBe(200);
  expect((await refresh(body['refresh_token']!)).status).toBe(400);
  expect(mock.control.families()).toMatchObject([{ alive: false }]);
});

test('what was recorded is what came, not what was made of it', async () => {
  const { authorizeUrl, browse, redeem, of } = await stage({ mode: 'observing' });
  const { url } = await browse(authorizeUrl({ code_challenge: 'short', code_challenge_method: 'plain' }));
  await redeem({ code: url!.searchParams.get('code')!, verifier: 'wrong' }, { client_secret: '' });
  expect(of('request')[0]!.facts).toMatchObject({ method: 'plain', challenge: { length: 5, wellFormed: false } });
  expect(of('request').at(-1)!.facts).toMatchObject({
    auth: { body: 'empty' },
    verifier: { length: 5 },
    code: { login: 1 },
  });
});

test('the mode can be changed while the mock runs', async () => {
  const { authorize, redeem, mock, of } = await stage();
  const login = await authorize();
  expect((await redeem(login, { client_secret: SECRET })).status).toBe(400);
  mock.control.setMode('observing');
  expect((await redeem(login, { client_secret: SECRET })).status).toBe(200);
  expect(of('control')).toMatchObject([{ action: 'set-mode', detail: 'observing' }]);
});

describe('the platform', () => {
  test('takes a missing method for S256 and a verifier of 171 characters', async () => {
    const { authorizeUrl, browse, redeem } = await stage({ mode: 'salesforce' });
    const { verifier, challenge } = pkce('x'.repeat(171));
    const { url } = await browse(authorizeUrl({ code_challenge: challenge }));
    const code = url!.searchParams.get('code')!;
    expect((await redeem({ code, verifier })).status).toBe(200);
  });

  test('takes the right secret from a public client, and no wrong one', async () => {
    const { authorize, redeem } = await stage({ mode: 'salesforce' });
    const login = await authorize();
    expect((await redeem(login, { client_secret: 'wrong' })).body['error']).toBe('invalid_client');
    expect((await redeem(login, { client_secret: SECRET })).status).toBe(200);
  });

  test('refuses a wrong verifier and a missing challenge', async () => {
    const { authorize, authorizeUrl, browse, redeem } = await stage({ mode: 'salesforce' });
    expect((await redeem({ ...(await authorize()), verifier: pkce().verifier })).body['error']).toBe('invalid_grant');
    expect((await browse(authorizeUrl({}))).url!.searchParams.get('error')).toBe('invalid_request');
  });
});
