/** Real libraries, unchanged, against the mock. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { promisify } from 'node:util';
import type * as Jsforce from 'jsforce';
import * as oauth from 'oauth4webapi';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CALLBACK, CLIENT_ID, SECRET, stage } from './fixtures/stage.ts';

const run = promisify(execFile);
const jsforce = createRequire(import.meta.url)('jsforce') as typeof Jsforce;

afterEach(() => vi.restoreAllMocks());

describe('oauth4webapi', () => {
  test.each(['public', 'confidential'] as const)(
    '%s: discovery, code, userinfo, refresh, introspection, revocation',
    async (kind) => {
      const { mock, browse } = await stage({ client: kind });
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated to stand out, not to go: the mock speaks plain HTTP
      const plain = { [oauth.allowInsecureRequests]: true };
      const issuer = new URL(mock.loginUrl);
      const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, plain));
      const client: oauth.Client = { client_id: CLIENT_ID };
      const auth = kind === 'public' ? oauth.None() : oauth.ClientSecretPost(SECRET);
      const verifier = oauth.generateRandomCodeVerifier();
      const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
      const url = new URL(server.authorization_endpoint!);
      url.search = new URLSearchParams({
        ...{ client_id: CLIENT_ID, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid api refresh_token' },
        ...{
          state,
          nonce,
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        },
      }).toString();
      const { url: callback } = await browse(url.href);
      const parameters = oauth.validateAuthResponse(server, client, callback!, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        auth,
        parameters,
        CALLBACK,
        verifier,
        plain,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      });
      const { sub } = oauth.getValidatedIdTokenClaims(tokens)!;
      const info = await oauth.processUserInfoResponse(
        server,
        client,
        sub,
        await oauth.userInfoRequest(server, client, tokens.access_token, plain),
      );
      expect(info['organization_id']).toBe(mock.org.id);
      const again = await oauth.processRefreshTokenResponse(
        server,
        client,
        await oauth.refreshTokenGrantRequest(server, client, auth, tokens.refresh_token!, plain),
      );
      expect(again.refresh_token).not.toBe(tokens.refresh_token);
      const introspect = async () =>
        oauth.processIntrospectionResponse(
          server,
          client,
          await oauth.introspectionRequest(server, client, auth, again.access_token, plain),
        );
      expect((await introspect()).active).toBe(true);
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(server, client, auth, again.refresh_token!, plain),
      );
      expect((await introspect()).active).toBe(false);
    },
  );
});

test('jsforce logs in with a code, queries, and refreshes by itself', async () => {
  const { mock, browse } = await stage({ client: 'confidential', mode: 'salesforce' });
  const oauth2 = new jsforce.OAuth2({
    ...{ loginUrl: mock.loginUrl, clientId: CLIENT_ID, clientSecret: SECRET, redirectUri: CALLBACK, useVerifier: true },
  });
  const { url } = await browse(oauth2.getAuthorizationUrl({ scope: 'api id refresh_token' }));
  const connection = new jsforce.Connection({ oauth2, version: '67.0' });
  const user = await connection.authorize(url!.searchParams.get('code')!);
  expect(user.organizationId).toBe(mock.org.id);
  expect(connection.instanceUrl).toBe(mock.instanceUrl);
  expect((await connection.query('SELECT Id FROM Account')).totalSize).toBe(1);
  const made = await connection.sobject('Account').create({ Name: 'Made by jsforce' });
  expect(made.success).toBe(true);
  const before = connection.accessToken;
  mock.control.expireAccessTokens();
  expect((await connection.query("SELECT Name FROM Account WHERE Name = 'Made by jsforce'")).totalSize).toBe(1);
  expect(connection.accessToken).not.toBe(before);
});

test('curl goes through the device flow and refreshes', async () => {
  const { mock, browse } = await stage();
  const post = async (fields: Record<string, string>) => {
    const data = Object.entries(fields).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]);
    const { stdout } = await run('curl', ['-sS', ...data, `${mock.loginUrl}/services/oauth2/token`]);
    return JSON.parse(stdout) as Record<string, string>;
  };
  const start = await post({ response_type: 'device_code', client_id: CLIENT_ID, scope: 'api refresh_token' });
  await browse(`${start['verification_uri']!}?user_code=${start['user_code']!}`);
  const tokens = await post({ grant_type: 'device', client_id: CLIENT_ID, code: start['device_code']! });
  const next = await post({
    grant_type: 'refresh_token',
    client_id: CLIENT_ID,
    refresh_token: tokens['refresh_token']!,
  });
  expect(next['refresh_token']).toMatch(/^5Aep861/);
});

const PYTHON = `
import sys, json, os
os.environ['OAUTHLIB_INSECURE_TRANSPORT'] = '1'
from requests_oauthlib import OAuth2Session
login, client, token = sys.argv[1:4]
session = OAuth2Session(client, token={'access_token': 'x', 'refresh_token': token, 'token_type': 'Bearer'})
new = session.refresh_token(login + '/services/oauth2/token', client_id=client)
answer = session.get(new['instance_url'] + '/services/data/v67.0/limits')
print(json.dumps({'refresh_token': new['refresh_token'], 'status': answer.status_code}))
`;
const PYTHON_EXECUTABLE = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const python = await run(PYTHON_EXECUTABLE, ['-c', 'import requests_oauthlib']).then(
  () => true,
  () => false,
);
/** CI installs Debian's python3-requests-oauthlib where there is apt: there its absence is a failure. */
const installs = process.env['CI'] === 'true' && existsSync('/usr/bin/apt-get');

test('requests-oauthlib refreshes and calls', async ({ skip }) => {
  if (!python && !installs) skip('python3-requests-oauthlib is not installed');
  const { mock, login, of } = await stage({ mode: 'observing' });
  const { refresh_token: token } = await login();
  const { stdout } = await run(PYTHON_EXECUTABLE, ['-c', PYTHON, mock.loginUrl, CLIENT_ID, token]);
  const answer = JSON.parse(stdout) as { readonly refresh_token: string; readonly status: number };
  expect(answer.status).toBe(200);
  expect(answer.refresh_token).not.toBe(token);
  expect(of('rotation')).toMatchObject([{ outcome: 'rotated' }]);
});

test('the mock never contacts the outside', async () => {
  const connect = vi.spyOn(Socket.prototype, 'connect');
  const { mock, login, refresh, call } = await stage({ tls: false, hosts: ['test', 'my-domain', 'experience'] });
  const tokens = await login({ scope: 'openid api refresh_token web' });
  await refresh(tokens.refresh_token);
  for (const path of [
    '/services/data',
    '/services/oauth2/singleaccess',
    '/services/oauth2/userinfo',
    '/.well-known/auth-configuration',
  ])
    await call(tokens.access_token, path);
  const jwks = new URLSearchParams({
    ...{ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'a.b.c' },
    request_uri: 'http://192.0.2.1/',
  });
  await fetch(`${mock.loginUrl}/services/oauth2/token`, { method: 'POST', body: jwks });
  await mock.close();
  expect(connect).toHaveBeenCalled();
  const hosts = connect.mock.calls.flat(2).flatMap((one) => {
    const to = one as { readonly host?: string; readonly port?: number } | null;
    return to?.port === undefined ? [] : [to.host ?? 'localhost'];
  });
  expect(hosts.length).toBeGreaterThan(0);
  for (const host of hosts) expect(['127.0.0.1', 'localhost']).toContain(host);
});
