import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { expect, onTestFinished, test } from 'vitest';
import { pkce, visit } from '../../test-kit/login.ts';
import { startRecorder } from './fixtures/through.ts';

const CALLBACK = 'http://127.0.0.1:9/callback';

/** Starts an authorization server that is not the mock: oidc-provider at Salesforce's paths, which signs every user in by itself. */
async function startProvider(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: 'my-app',
        ...{ application_type: 'native', token_endpoint_auth_method: 'none', redirect_uris: [CALLBACK] },
        ...{ grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
      },
    ],
    routes: {
      authorization: '/services/oauth2/authorize',
      token: '/services/oauth2/token',
      revocation: '/services/oauth2/revoke',
      userinfo: '/services/oauth2/userinfo',
    },
    features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    rotateRefreshToken: true,
    issueRefreshToken: () => Promise.resolve(true),
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId, email: 'ann@example.com' }) }),
    cookies: { keys: ['of the test'] },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/sign-in/') !== true) {
      void answer(request, response);
      return;
    }
    void provider.interactionDetails(request, response).then(async ({ prompt, params, session }) => {
      if (prompt.name === 'login') {
        await provider.interactionFinished(request, response, { login: { accountId: 'ann' } });
        return;
      }
      const grant = new provider.Grant({ accountId: session?.accountId ?? 'ann', clientId: 'my-app' });
      grant.addOIDCScope(String(params['scope']));
      await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    });
  });
  return url;
}

test('a server that is not the mock: a login, userinfo, a rotation, a reused token and a revocation are forwarded and understood', async () => {
  const org = await startProvider();
  const { upstream, of } = await startRecorder([org], {
    app: { client: 'public', clientId: 'my-app', redirectUris: [CALLBACK] },
  });
  const { verifier, challenge } = pkce();
  const query = {
    ...{ response_type: 'code', client_id: 'my-app', redirect_uri: CALLBACK, scope: 'openid offline_access' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', prompt: 'consent', state: 'a state of the test' },
  };
  const { url: callback } = await visit(
    { hosts: { org, login: upstream.loginUrl } },
    `${upstream.loginUrl}/services/oauth2/authorize?${new URLSearchParams(query).toString()}`,
  );
  const token = async (fields: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ client_id: 'my-app', ...fields });
    const response = await fetch(`${upstream.loginUrl}/services/oauth2/token`, { method: 'POST', body });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, string>> };
  };
  const code = callback?.searchParams.get('code') ?? '';
  const granted = await token({
    ...{ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: verifier },
  });
  expect(granted.status).toBe(200);
  const { access_token: access = '', refresh_token: first = '' } = granted.body;
  const userinfo = await fetch(`${upstream.loginUrl}/services/oauth2/userinfo`, {
    headers: { authorization: `Bearer ${access}` },
  });
  expect(await userinfo.json()).toMatchObject({ sub: 'ann' });
  const second = await token({ grant_type: 'refresh_token', refresh_token: first });
  expect(second.status).toBe(200);
  expect((await token({ grant_type: 'refresh_token', refresh_token: first })).status).toBe(400);
  expect((await token({ grant_type: 'refresh_token', refresh_token: second.body['refresh_token'] ?? '' })).status).toBe(
    400,
  );

  const [authorization, exchange] = of('request');
  expect(exchange?.facts).toMatchObject({ code: { login: authorization?.seq }, redirect: 'same' });
  expect(of('rotation').map(({ outcome, family }) => [outcome, family])).toEqual([
    ['rotated', 'F#1'],
    ['reuse', 'F#1'],
    ['dead', 'F#1'],
  ]);
  // The reuse revoked the family, which its newest token shows.
  expect(of('family').map(({ change }) => change)).toEqual(['created', 'revoked']);
  const shown = of('response').find(({ endpoint }) => endpoint === 'userinfo');
  expect(shown?.body).toBe('{"sub":"text(3)"}');
});
