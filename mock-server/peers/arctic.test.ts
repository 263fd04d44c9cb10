import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { generateCodeVerifier, generateState, OAuth2RequestError, Salesforce } from 'arctic';
import { expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, SECRET } from '../fixtures/stage.ts';
import { strict } from './fixtures/strict.ts';

test.each(['public', 'confidential'] as const)('arctic, %s, over HTTPS as its provider has it', async (kind) => {
  const { mock, signIn, limits, expectRotations } = await strict({ client: kind, tls: true });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(mock.caFile!, 'utf8')]);
  const { host } = new URL(mock.loginUrl);
  const salesforce = new Salesforce(host, CLIENT_ID, kind === 'public' ? null : SECRET, CALLBACK);
  const [state, verifier] = [generateState(), generateCodeVerifier()];
  const callback = await signIn(salesforce.createAuthorizationURL(state, verifier, ['api', 'refresh_token']));
  expect(callback.searchParams.get('state')).toBe(state);
  let tokens = await salesforce.validateAuthorizationCode(callback.searchParams.get('code')!, verifier);
  for (let round = 0; round < 3; round += 1) {
    const answer = await fetch(limits, { headers: { authorization: `Bearer ${tokens.accessToken()}` } });
    expect(answer.status).toBe(200);
    tokens = await salesforce.refreshAccessToken(tokens.refreshToken());
  }
  expectRotations(3);
  await salesforce.revokeToken(tokens.refreshToken());
  await expect(salesforce.refreshAccessToken(tokens.refreshToken())).rejects.toThrow(OAuth2RequestError);
});
