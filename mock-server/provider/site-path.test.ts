/** An Experience site below a path: its endpoints are those of every host, and what it says of itself has the path. */
import { expect, test } from 'vitest';
import { visit } from '../../test-kit/login.ts';
import { CALLBACK, CLIENT_ID, stage } from '../fixtures/stage.ts';

const PATH = '/partners';

test('a person signs in at a site below a path, and its client goes on there', async () => {
  const { mock, authorizeUrl, browse, token, call, of } = await stage({ hosts: ['experience'], mode: 'salesforce' });
  const site = mock.hosts.experience! + PATH;
  const { url } = await browse(authorizeUrl({ response_type: 'token', state: 's' }, site));
  expect(url!.href.startsWith(`${CALLBACK}#access_token=`)).toBe(true);
  const shown = await browse(authorizeUrl({ code_challenge: 'a'.repeat(43) }, site), null);
  const { url: callback } = await visit(mock, shown.at!.href, {
    form: { user: 'U1', answer: 'allow' },
    jar: shown.jar,
  });
  expect(callback!.searchParams.get('sfdc_community_url')).toBe(site);

  const start = await token(
    { response_type: 'device_code', client_id: CLIENT_ID, scope: 'api refresh_token' },
    {},
    '',
    site,
  );
  expect(start.body['verification_uri']).toBe(`${site}/setup/connect`);
  await browse(`${start.body['verification_uri']!}?user_code=${start.body['user_code']!}`);
  const { body } = await token(
    { grant_type: 'device', client_id: CLIENT_ID, code: start.body['device_code']! },
    {},
    '',
    site,
  );
  expect(body).toMatchObject({ sfdc_community_url: site, instance_url: mock.instanceUrl });
  const refreshed = await token(
    { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: body['refresh_token']! },
    ...([{}, '', site] as const),
  );
  expect(refreshed.body).toMatchObject({ sfdc_community_url: site, refresh_token: expect.any(String) });
  const info = await fetch(`${site}/services/oauth2/userinfo`, {
    headers: { authorization: `Bearer ${refreshed.body['access_token']!}` },
  });
  expect(info.status).toBe(200);
  expect((await call(refreshed.body['access_token']!)).status).toBe(200);
  expect(of('request').map(({ endpoint }) => endpoint)).toEqual(
    expect.arrayContaining(['authorize', 'login', 'token', 'userinfo', 'resource']),
  );
  expect(of('rotation')).toMatchObject([{ outcome: 'rotated' }]);
});

test('its discovery document has the path in endpoints, not in the issuer', async () => {
  const { mock } = await stage({ hosts: ['experience'] });
  const origin = mock.hosts.experience!;
  const document = await (await fetch(`${origin}${PATH}/.well-known/openid-configuration`)).json();
  expect(document).toMatchObject({
    issuer: origin,
    token_endpoint: `${origin}${PATH}/services/oauth2/token`,
    jwks_uri: `${origin}${PATH}/id/keys`,
  });
  expect(await (await fetch(`${origin}${PATH}/id/keys`)).json()).toHaveProperty('keys.0.kid', '210');
});

test('other hosts have no paths, and neither have two', async () => {
  const { mock } = await stage({ hosts: ['experience'] });
  const at = async (origin: string) => (await fetch(`${origin}/services/oauth2/token`, { method: 'POST' })).status;
  expect(await at(mock.loginUrl + PATH)).toBe(404);
  expect(await at(`${mock.hosts.experience!}${PATH}${PATH}`)).toBe(404);
});

test.each([
  '/.well-known/openid-configuration',
  '/.well-known/auth-configuration',
  '/id/keys',
  '/services/oauth2/pkce/generator',
])('%s is only read', async (path) => {
  const { mock } = await stage();
  const answer = await fetch(mock.loginUrl + path, { method: 'POST' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  expect((await fetch(mock.loginUrl + path, { method: 'HEAD' })).status).toBe(200);
});
