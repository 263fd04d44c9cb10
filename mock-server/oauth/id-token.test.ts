import { createHash } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';

/** As openid-client 5 checks it (OpenID Connect Core §3.1.3.6). */
const atHash = (accessToken: string) =>
  createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16).toString('base64url');

test.each([false, true])('at_hash is the left half of SHA-256(access_token), JWT access tokens: %s', async (jwt) => {
  const { login, refresh } = await stage({ switches: { jwtAccessTokens: jwt } });
  const tokens = await login({ scope: 'openid api refresh_token', nonce: 'n-1' });
  expect(decodeJwt(tokens['id_token']!)).toMatchObject({ at_hash: atHash(tokens.access_token), nonce: 'n-1' });
  const { body } = await refresh(tokens.refresh_token);
  expect(decodeJwt(body['id_token']!)).toMatchObject({ at_hash: atHash(body['access_token']!), nonce: 'n-1' });
});

test('the header names key and type, and the signature is that of the published key', async () => {
  const { login, mock } = await stage();
  const { id_token: idToken = '' } = await login({ scope: 'openid api refresh_token' });
  const keys = createRemoteJWKSet(new URL('/id/keys', mock.loginUrl));
  const { protectedHeader } = await jwtVerify(idToken, keys, { issuer: mock.loginUrl });
  expect(protectedHeader).toEqual({ kid: '210', typ: 'JWT', alg: 'RS256' });
});

test('at_hash of the user-agent flow is that of the token in the fragment', async () => {
  const { browse, authorizeUrl } = await stage({ mode: 'salesforce' });
  const { url } = await browse(authorizeUrl({ response_type: 'token id_token', scope: 'openid api', nonce: 'n-2' }));
  const fields = new URLSearchParams(url!.hash.slice(1));
  expect(decodeJwt(fields.get('id_token')!)['at_hash']).toBe(atHash(fields.get('access_token')!));
});
