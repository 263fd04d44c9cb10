import { generators, Issuer } from 'openid-client-5';
import { expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, SECRET } from '../fixtures/stage.ts';
import { strict } from './fixtures/strict.ts';

test.each(['public', 'confidential'] as const)('openid-client 5, %s: `at_hash` is checked too', async (kind) => {
  const { mock, signIn, limits, expectRotations } = await strict({ client: kind });
  const issuer = await Issuer.discover(mock.loginUrl);
  const auth =
    kind === 'public'
      ? { token_endpoint_auth_method: 'none' as const }
      : { client_secret: SECRET, token_endpoint_auth_method: 'client_secret_post' as const };
  const client = new issuer.Client({ client_id: CLIENT_ID, redirect_uris: [CALLBACK], ...auth });
  const [verifier, state, nonce] = [generators.codeVerifier(), generators.state(), generators.nonce()];
  const url = client.authorizationUrl({
    ...{ scope: 'openid api refresh_token', state, nonce, code_challenge_method: 'S256' },
    code_challenge: generators.codeChallenge(verifier),
  });
  const parameters = client.callbackParams((await signIn(url)).href);
  let tokens = await client.callback(CALLBACK, parameters, { code_verifier: verifier, state, nonce });
  expect(tokens.claims()).toHaveProperty('at_hash');
  for (let round = 0; round < 3; round += 1) {
    expect(await client.requestResource(limits, tokens.access_token!)).toMatchObject({ statusCode: 200 });
    tokens = await client.refresh(tokens.refresh_token!);
  }
  expect((await client.userinfo(tokens))['organization_id']).toBe(mock.org.id);
  expectRotations(3);
  await client.revoke(tokens.refresh_token!);
  expect(mock.control.families()).toMatchObject([{ alive: false }]);
});
