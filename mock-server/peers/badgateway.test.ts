import { generateCodeVerifier, OAuth2Client } from '@badgateway/oauth2-client';
import { expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, SECRET } from '../fixtures/stage.ts';
import { strict } from './fixtures/strict.ts';

test.each(['public', 'confidential'] as const)('@badgateway/oauth2-client, %s', async (kind) => {
  const { mock, signIn, limits, expectRotations } = await strict({ client: kind });
  const client = new OAuth2Client({
    server: mock.loginUrl,
    clientId: CLIENT_ID,
    ...(kind === 'confidential' && { clientSecret: SECRET }),
    authenticationMethod: 'client_secret_post',
    authorizationEndpoint: '/services/oauth2/authorize',
    tokenEndpoint: '/services/oauth2/token',
    revocationEndpoint: '/services/oauth2/revoke',
  });
  const login = { redirectUri: CALLBACK, state: 's-1', codeVerifier: await generateCodeVerifier() };
  const url = await client.authorizationCode.getAuthorizeUri({ ...login, scope: ['api', 'refresh_token'] });
  let tokens = await client.authorizationCode.getTokenFromCodeRedirect(await signIn(url), login);
  for (let round = 0; round < 3; round += 1) {
    const answer = await fetch(limits, { headers: { authorization: `Bearer ${tokens.accessToken}` } });
    expect(answer.status).toBe(200);
    tokens = await client.refreshToken(tokens);
  }
  expectRotations(3);
  await client.revoke(tokens, 'refresh_token');
  expect(mock.control.families()).toMatchObject([{ alive: false }]);
});
