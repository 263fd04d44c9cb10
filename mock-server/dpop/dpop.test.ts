import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, stage, type HttpAnswer, type Setting } from '../fixtures/stage.ts';

interface Claims {
  readonly htm?: string;
  readonly htu?: string;
  readonly iat?: number;
  readonly nonce?: string | null;
  readonly ath?: string;
  readonly typ?: string;
}

/** A client that proves its key, and keeps what it was sent. */
async function prover(alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(publicKey);
  const prove = ({ typ = 'dpop+jwt', nonce, iat = Math.floor(Date.now() / 1000), ...claims }: Claims) =>
    new SignJWT({ jti: 'x', iat, ...(typeof nonce === 'string' && { nonce }), ...claims })
      .setProtectedHeader({ alg, typ, jwk })
      .sign(privateKey);
  return { prove, jkt: await calculateJwkThumbprint(jwk), secret: await exportJWK(privateKey) };
}

const ath = (token: string) => createHash('sha256').update(token).digest('base64url');

async function bound(setting: Setting = {}) {
  const all = await stage({ switches: { dpop: 'accepted' }, ...setting });
  const key = await prover();
  const { mock } = all;
  const htu = `${mock.loginUrl}/services/oauth2/token`;
  /** Answers a nonce challenge, once. */
  const ask = async (fields: Readonly<Record<string, string>>, claims: Claims = {}, by = key): Promise<HttpAnswer> => {
    const send = async (nonce: string | null) =>
      all.token({ client_id: CLIENT_ID, ...fields }, { dpop: await by.prove({ htm: 'POST', htu, nonce, ...claims }) });
    const first = await send(null);
    const nonce = first.headers.get('dpop-nonce');
    return nonce === null ? first : send(nonce);
  };
  const redeem = async (login: { readonly code: string; readonly verifier: string }, claims: Claims = {}, by = key) =>
    ask(
      { grant_type: 'authorization_code', redirect_uri: CALLBACK, code: login.code, code_verifier: login.verifier },
      claims,
      by,
    );
  const path = '/services/data/v67.0/limits';
  const api = async (token: string, claims: Claims = {}, by = key) => {
    const use = { htm: 'GET', htu: mock.instanceUrl + path, ath: ath(token), ...claims };
    const send = async (nonce: string | null) =>
      all.call(null, path, { headers: { authorization: `DPoP ${token}`, dpop: await by.prove({ ...use, nonce }) } });
    const first = await send(null);
    const nonce = first.headers.get('dpop-nonce');
    return nonce === null ? first : send(nonce);
  };
  return { ...all, key, ask, redeem, api, path };
}

test('off: proofs and dpop_jkt are ignored, and the scheme is refused as on the platform', async () => {
  const { authorize, redeem, call, path } = await bound({ switches: {} });
  const { body } = await redeem(await authorize({ dpop_jkt: 'j' }), { htu: 'https://elsewhere.example/' });
  expect(body['token_type']).toBe('Bearer');
  const refused = await call(null, path, { headers: { authorization: `DPoP ${body['access_token']!}` } });
  expect(refused).toMatchObject({
    status: 401,
    text: '{"message":"INVALID_JWT_FORMAT","errorCode":"INVALID_AUTH_HEADER"}',
  });
  expect(refused.headers.get('www-authenticate')).toBe('Token');
});

test('a nonce challenge, bound tokens, an API call, and rotation with the same key', async () => {
  const { authorize, redeem, ask, api, of, key, mock } = await bound();
  const login = await authorize({ dpop_jkt: key.jkt });
  const { status, body } = await redeem(login);
  expect(status).toBe(200);
  expect(body['token_type']).toBe('DPoP');
  const [challenge] = of('response').filter(({ error }) => error === 'use_dpop_nonce');
  expect(challenge).toMatchObject({ status: 400, deniedBy: 'dpop-nonce' });
  expect((await api(body['access_token']!)).status).toBe(200);
  const next = await ask({ grant_type: 'refresh_token', refresh_token: body['refresh_token']! });
  expect(next.body['token_type']).toBe('DPoP');
  expect(next.body['refresh_token']).not.toBe(body['refresh_token']);
  expect((await api(next.body['access_token']!)).status).toBe(200);
  // A challenge uses nothing up.
  expect(of('rotation').map(({ outcome }) => outcome)).toEqual(['refused', 'rotated']);
  expect(mock.control.families()).toMatchObject([{ alive: true, generation: 1 }]);
  expect(of('note')).toEqual([]);
});

test('nonces are of one realm, and grow old', async () => {
  const { authorize, redeem, api, mock, call, key, path } = await bound();
  const { access_token: token } = (await redeem(await authorize())).body as { access_token: string };
  expect((await api(token)).status).toBe(200);
  const use = async (nonce: string, at = 0) => {
    const iat = Math.floor(Date.now() / 1000) + at;
    const claims = { htm: 'GET', htu: mock.instanceUrl + path, ath: ath(token), iat, nonce };
    return call(null, path, { headers: { authorization: `DPoP ${token}`, dpop: await key.prove(claims) } });
  };
  const nonce = (await use('old')).headers.get('dpop-nonce')!;
  expect((await use(nonce)).status).toBe(200);
  mock.control.advance(300_000);
  expect((await use(nonce, 300)).status).toBe(200);
  mock.control.advance(300_000);
  const late = await use(nonce, 600);
  expect(late).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' } });
  expect(late.headers.get('dpop-nonce')).not.toBe(nonce);
});

describe('refused at the token endpoint', () => {
  const now = Math.floor(Date.now() / 1000);
  test.each([
    ['another method', { htm: 'GET' }],
    ['another address', { htu: 'https://login.salesforce.com/services/oauth2/token' }],
    ['no JWT type', { typ: 'JWT' }],
    ['too old', { iat: now - 600 }],
    ['from the future', { iat: now + 600 }],
  ])('%s', async (_name, claims) => {
    const { authorize, redeem } = await bound();
    const login = await authorize();
    expect(await redeem(login, claims)).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } });
    // The code is still good.
    expect((await redeem(login)).status).toBe(200);
  });

  test('no JWT at all, a key that is private, a signature of another key', async () => {
    const { authorize, token, key, mock } = await bound();
    const other = await prover();
    const proof = await key.prove({ htm: 'POST', htu: `${mock.loginUrl}/services/oauth2/token` });
    const [head, body] = proof.split('.');
    const foreign = (await other.prove({ htm: 'POST' })).split('.')[2];
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const open = part({ alg: 'ES256', typ: 'dpop+jwt', jwk: key.secret });
    const { code, verifier } = await authorize();
    const fields = {
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      redirect_uri: CALLBACK,
      code,
      code_verifier: verifier,
    };
    for (const dpop of [
      'x',
      'a.b.c',
      `${head!}.${body!}.${foreign!}`,
      `${open}.${body!}.${foreign!}`,
      'x'.repeat(9_000),
    ])
      expect((await token(fields, { dpop })).body['error']).toBe('invalid_dpop_proof');
  });

  test('another key than the authorization request or the login named', async () => {
    const { authorize, redeem, ask, key, mock } = await bound({ switches: { dpop: 'accepted', dpopNonce: false } });
    const other = await prover();
    const login = await authorize({ dpop_jkt: key.jkt });
    expect((await redeem(login, {}, other)).body['error']).toBe('invalid_dpop_proof');
    const { body } = await redeem(login);
    const refresh = { grant_type: 'refresh_token', refresh_token: body['refresh_token']! };
    expect((await ask(refresh, {}, other)).body['error']).toBe('invalid_dpop_proof');
    expect((await ask(refresh)).status).toBe(200);
    expect(mock.control.families()).toMatchObject([{ alive: true }]);
  });

  test('no proof for a bound refresh token, or where the app wants one', async () => {
    const { authorize, redeem, refresh } = await bound();
    const { body } = await redeem(await authorize());
    expect((await refresh(body['refresh_token']!)).body['error']).toBe('invalid_dpop_proof');
    const strict = await stage({ switches: { dpop: 'required' } });
    expect((await strict.redeem(await strict.authorize())).body['error']).toBe('invalid_dpop_proof');
    const lax = await stage({ switches: { dpop: 'accepted' } });
    expect((await lax.login())['token_type']).toBe('Bearer');
  });
});

describe('refused at the APIs', () => {
  test('a bound token as a bearer token, with another key, for another token, to another address', async () => {
    const { authorize, redeem, api, call } = await bound();
    const token = (await redeem(await authorize())).body['access_token']!;
    expect(await call(token)).toMatchObject({ status: 401, body: [{ errorCode: 'INVALID_SESSION_ID' }] });
    expect(await call(token, '/services/oauth2/userinfo')).toMatchObject({ status: 403, text: 'Bad_OAuth_Token' });
    expect((await api(token, {}, await prover())).status).toBe(401);
    expect((await api(token, { ath: ath('another') })).status).toBe(401);
    expect((await api(token, { htu: 'https://acme.my.salesforce.com/services/data/v67.0/limits' })).status).toBe(401);
    expect((await api(token)).status).toBe(200);
  });

  test('a bearer token as a bound one', async () => {
    const { login, api } = await bound();
    expect((await api((await login()).access_token)).status).toBe(401);
  });
});

test.each(['RS256', 'ES384', 'EdDSA'])('%s is as good', async (alg) => {
  const { authorize, redeem } = await bound({ switches: { dpop: 'accepted', jwtAccessTokens: true } });
  const key = await prover(alg);
  const { body } = await redeem(await authorize(), {}, key);
  const claims = JSON.parse(Buffer.from(body['access_token']!.split('.')[1]!, 'base64url').toString()) as object;
  expect(claims).toMatchObject({ cnf: { jkt: key.jkt } });
});
