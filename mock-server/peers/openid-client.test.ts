import * as client from 'openid-client';
import { expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, SECRET } from '../fixtures/stage.ts';
import { strict } from './fixtures/strict.ts';

test.each(['public', 'confidential'] as const)('openid-client 6, %s', async (kind) => {
  const { mock, signIn, limits, expectRotations } = await strict({ client: kind });
  const auth = kind === 'public' ? client.None() : client.ClientSecretPost(SECRET);
  const server = new URL(mock.loginUrl);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated to stand out, not to go: the mock speaks plain HTTP
  const config = await client.discovery(server, CLIENT_ID, {}, auth, { execute: [client.allowInsecureRequests] });
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    ...{ redirect_uri: CALLBACK, scope: 'openid api refresh_token', state, nonce, code_challenge_method: 'S256' },
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
  });
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  let tokens = await client.authorizationCodeGrant(config, await signIn(url), checks);
  const { sub } = tokens.claims()!;
  for (let round = 0; round < 3; round += 1) {
    expect((await client.fetchProtectedResource(config, tokens.access_token, new URL(limits), 'GET')).status).toBe(200);
    tokens = await client.refreshTokenGrant(config, tokens.refresh_token!);
  }
  expect((await client.fetchUserInfo(config, tokens.access_token, sub))['organization_id']).toBe(mock.org.id);
  expectRotations(3);
  await client.tokenRevocation(config, tokens.refresh_token!);
  expect(mock.control.families()).toMatchObject([{ alive: false }]);
});
