import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as Jsforce from 'jsforce';
import { expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, SECRET } from '../fixtures/stage.ts';
import { strict } from './fixtures/strict.ts';

const { Connection, OAuth2 } = createRequire(import.meta.url)('jsforce') as typeof Jsforce;

test.each(['public', 'confidential'] as const)('jsforce, %s', async (kind) => {
  const { mock, signIn, expectRotations } = await strict({ client: kind });
  const app = {
    loginUrl: mock.loginUrl,
    clientId: CLIENT_ID,
    ...(kind === 'confidential' && { clientSecret: SECRET }),
    redirectUri: CALLBACK,
  };
  const oauth2 = new OAuth2({ ...app, useVerifier: true });
  // Its own verifier has 171 characters and it sends no method: the partner rule allows neither, so that an application sets both.
  oauth2.codeVerifier = randomBytes(32).toString('base64url');
  const method: Jsforce.AuthzRequestParams & { readonly code_challenge_method?: string } = {
    scope: 'api id refresh_token',
    ...{ code_challenge_method: 'S256' },
  };
  const callback = await signIn(oauth2.getAuthorizationUrl(method));
  let kept = '';
  const connection = new Connection({
    oauth2,
    // Its own refresh forgets the new refresh token, so that an application refreshes in its place.
    refreshFn: (_connection, done) => {
      new OAuth2(app).refreshToken(kept).then((answer) => {
        kept = answer.refresh_token ?? kept;
        done(null, answer.access_token, answer);
      }, done);
    },
  });
  const user = await connection.authorize(callback.searchParams.get('code')!);
  expect(user.organizationId).toBe(mock.org.id);
  kept = connection.refreshToken!;
  for (let round = 0; round < 3; round += 1) {
    mock.control.expireAccessTokens();
    expect((await connection.query('SELECT Id FROM Account')).totalSize).toBe(1);
  }
  expectRotations(3);
});
