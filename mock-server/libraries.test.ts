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
  const connection = new jsforce.Connection({ oauth2 });
  const user = await connection.authorize(url!.searchParams.get('code')!);
  expect(user.organizationId).toBe(mock.org.id);
  expect(connection.instanceUrl).toBe(mock.instanceUrl);
  expect((await connection.query('SELECT Id FROM Account')).totalSize).toBe(1);
  const made = await connection.sobject('Account').create({ Name: 'Made by jsforce' });
  expect(made.success).toBe(true);
  const several = await connection.sobject('Contact').create([{ LastName: 'One' }, { LastName: 'Two' }]);
  expect(several.map(({ success }) => success)).toEqual([true, true]);
  const found = await connection.sobject('Contact').find({ LastName: { $like: 'T%' } }, ['Id', 'LastName']);
  // LIKE is accepted and not evaluated: the answer may have more rows than the platform's.
  expect(found.map(({ LastName }) => LastName as unknown)).toContain('Two');
  const upserted = await connection.sobject('Contact').upsert({ Ext__c: 'e-1', LastName: 'Three' }, 'Ext__c');
  expect(upserted.success).toBe(true);
  const gone = await connection.sobject('Contact').destroy(several.map(({ id }) => id ?? ''));
  expect(gone.map(({ success }) => success)).toEqual([true, true]);
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

/** A web application of few words: the page is walked as a browser would, everything else is the library's. */
const PYTHON = `
import html, json, os, re, sys
os.environ['OAUTHLIB_INSECURE_TRANSPORT'] = '1'
import requests
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient
from requests_oauthlib import OAuth2Session

login, client_id, redirect, secret = sys.argv[1:5]
authenticates = {'client_secret': secret} if secret else {}
client = WebApplicationClient(client_id)
verifier = client.create_code_verifier(96)
challenge = client.create_code_challenge(verifier, 'S256')
session = OAuth2Session(client=client, redirect_uri=redirect, scope=['refresh_token', 'api'])
url, state = session.authorization_url(
    login + '/services/oauth2/authorize', code_challenge=challenge, code_challenge_method='S256')

browser = requests.Session()
page = browser.get(url)
action = html.unescape(re.search('<form method="post" action="([^"]*)"', page.text).group(1))
at = requests.compat.urljoin(page.url, action)
answer = browser.post(at, data={'user': 'U4', 'answer': 'allow'}, allow_redirects=False)
while answer.headers['location'].startswith('/') or answer.headers['location'].startswith(login):
    answer = browser.get(requests.compat.urljoin(answer.url, answer.headers['location']), allow_redirects=False)

endpoint = login + '/services/oauth2/token'
first = dict(session.fetch_token(
    endpoint, authorization_response=answer.headers['location'], code_verifier=verifier,
    include_client_id=True, **authenticates))

def limits(one, tokens):
    return one.get(tokens['instance_url'] + '/services/data/v67.0/limits').status_code

# As the library's documentation has it: a session of its own for a token that was kept.
kept = OAuth2Session(client_id, token=first)
seen = [limits(kept, first)]
second = dict(kept.refresh_token(endpoint, client_id=client_id, **authenticates))
seen.append(limits(kept, second))
revoked = kept.post(login + '/services/oauth2/revoke', data={'token': second['refresh_token']}).status_code
seen.append(limits(kept, second))
try:
    kept.refresh_token(endpoint, client_id=client_id, **authenticates)
    error = None
except OAuth2Error as trouble:
    error = [trouble.error, trouble.description]
print(json.dumps({
    'rotated': first['refresh_token'] != second['refresh_token'],
    'seen': seen, 'revoked': revoked, 'error': error}))
`;
const PYTHON_EXECUTABLE = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const python = await run(PYTHON_EXECUTABLE, ['-c', 'import requests_oauthlib']).then(
  () => true,
  () => false,
);
/** CI installs Debian's python3-requests-oauthlib where there is apt: there its absence is a failure. */
const installs = process.env['CI'] === 'true' && existsSync('/usr/bin/apt-get');

test.for(['public', 'confidential'] as const)(
  'requests-oauthlib, %s: logs in by a code with PKCE, calls, refreshes, revokes',
  async (client, { skip }) => {
    if (!python && !installs) skip('python3-requests-oauthlib is not installed');
    const { mock, of } = await stage({ client });
    const secret = client === 'confidential' ? SECRET : '';
    const { stdout } = await run(PYTHON_EXECUTABLE, ['-c', PYTHON, mock.loginUrl, CLIENT_ID, CALLBACK, secret]);
    expect(JSON.parse(stdout)).toEqual({
      rotated: true,
      seen: [200, 200, 401],
      revoked: 200,
      error: ['invalid_grant', 'expired access/refresh token'],
    });
    expect(of('rotation').map(({ outcome }) => outcome)).toEqual(['rotated', 'dead']);
    expect(mock.control.families()).toMatchObject([{ user: 'U4', alive: false }]);
  },
);

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
