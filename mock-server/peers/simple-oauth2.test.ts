import { createHash, randomBytes } from 'node:crypto';
import { AuthorizationCode } from 'simple-oauth2';
import { expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, SECRET } from '../fixtures/stage.ts';
import { strict } from './fixtures/strict.ts';

test.each([
  ['text/plain; charset=utf-8', false],
  ['application/json;charset=UTF-8', true],
] as const)(
  'simple-oauth2, confidential; it revokes where the answer is %s: %s',
  async (revokeContentType, revokes) => {
    const switches = { revokeContentType };
    const { mock, signIn, limits, expectRotations } = await strict({ client: 'confidential', switches });
    const client = new AuthorizationCode({
      client: { id: CLIENT_ID, secret: SECRET },
      auth: {
        tokenHost: mock.loginUrl,
        tokenPath: '/services/oauth2/token',
        authorizePath: '/services/oauth2/authorize',
        revokePath: '/services/oauth2/revoke',
      },
      options: { authorizationMethod: 'body' },
    });
    const verifier = randomBytes(32).toString('base64url');
    const url = client.authorizeURL({
      ...{ redirect_uri: CALLBACK, scope: ['api', 'refresh_token'], state: 's-1', code_challenge_method: 'S256' },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    const code = (await signIn(url)).searchParams.get('code');
    let tokens = await client.getToken({ code, redirect_uri: CALLBACK, code_verifier: verifier });
    for (let round = 0; round < 3; round += 1) {
      const answer = await fetch(limits, { headers: { authorization: `Bearer ${tokens.token['access_token']!}` } });
      expect(answer.status).toBe(200);
      tokens = await tokens.refresh();
    }
    expectRotations(3);
    const revoked = tokens.revoke('refresh_token');
    if (revokes) await revoked;
    else await expect(revoked).rejects.toThrow();
    // The token is revoked in any case; it is the answer that the library may not read.
    expect(mock.control.families()).toMatchObject([{ alive: false }]);
  },
);
