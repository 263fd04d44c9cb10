import { expect, test } from 'vitest';
import { clientAt, startOrg, startRecorder, through } from './fixtures/through.ts';

test('a login, an API call and a refresh go to the org, come back with local URLs, and are recorded', async () => {
  const { org, upstream, login, call, refresh, of } = await through();
  const tokens = await login();
  expect(tokens['instance_url']).toBe(upstream.instanceUrl);
  expect(tokens['instance_url']).not.toBe(upstream.loginUrl);
  expect(tokens['id']).toMatch(`${upstream.loginUrl}/id/00D`);

  const answer = await call(tokens['instance_url']!, tokens.access_token);
  expect([answer.status, Object.keys((await answer.json()) as object)]).toEqual([
    200,
    expect.arrayContaining(['DailyApiRequests']),
  ]);
  expect(org.of('request').at(-1)).toMatchObject({ endpoint: 'resource', host: 'instance' });

  const second = (await refresh(tokens.refresh_token)).body;
  expect(second['refresh_token']).not.toBe(tokens.refresh_token);
  expect((await call(second['instance_url']!, second['access_token']!)).status).toBe(200);

  const [authorization] = of('request');
  expect(of('request').map(({ endpoint, host }) => `${host} ${endpoint}`)).toEqual([
    'login authorize',
    'login token',
    'instance resource',
    'login token',
    'instance resource',
  ]);
  const [exchange, rotation] = of('request').filter(({ endpoint }) => endpoint === 'token');
  expect(exchange?.facts).toMatchObject({
    code: { login: authorization?.seq },
    verifier: { matches: [authorization?.seq] },
    redirect: 'same',
  });
  expect(rotation?.facts).toMatchObject({ refreshToken: { family: 'F#1', generation: 0, head: true } });
  expect(of('request').at(-1)?.facts).toMatchObject({
    accessToken: { family: 'F#1', generation: 1, newest: true, alive: true },
  });
  expect(of('rotation')).toMatchObject([{ family: 'F#1', outcome: 'rotated' }]);
  expect(of('response').map(({ status, delivered }) => `${String(status)} ${delivered}`)).toEqual([
    '302 complete',
    ...Array.from({ length: 4 }, () => '200 complete'),
  ]);
});

test('an Experience site below a path: its endpoints are recorded as those of a login host, and sfdc_community_url leads back', async () => {
  const org = await startOrg({ hosts: ['experience'] });
  const { upstream, of } = await startRecorder([`${org.mock.hosts.experience ?? ''}/partners`], { ca: org.ca });
  expect(upstream.loginUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/partners$/);
  const { login, refresh, call } = clientAt(upstream.loginUrl, org);
  const tokens = await login();
  expect(tokens['sfdc_community_url']).toBe(upstream.loginUrl);
  const community = clientAt(tokens['sfdc_community_url'] ?? '', org);
  const second = (await community.refresh(tokens.refresh_token)).body;
  expect((await call(second['instance_url'] ?? '', second['access_token'] ?? '')).status).toBe(200);
  expect((await refresh(second['refresh_token'] ?? '')).status).toBe(200);
  expect(of('request').map(({ endpoint }) => endpoint)).toEqual(['authorize', 'token', 'token', 'resource', 'token']);
  expect(of('rotation').map(({ outcome, family }) => [outcome, family])).toEqual([
    ['rotated', 'F#1'],
    ['rotated', 'F#1'],
  ]);
});
