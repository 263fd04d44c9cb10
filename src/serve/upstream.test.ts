import { expect, onTestFinished, test } from 'vitest';
import { CLIENT_ID, REDIRECT } from '../../mock-server/fixtures/stage.ts';
import { clientAt, startOrg } from '../upstream/fixtures/through.ts';
import { readTarget } from '../upstream/target.ts';
import { startLive } from './fixtures/live.ts';

async function setUp(probe = false, pkce = true) {
  const org = await startOrg();
  org.mock.control.changeApp({ pkce });
  const live = await startLive(
    { app: { clientId: CLIENT_ID, redirectUris: [REDIRECT] } },
    {},
    { upstream: { target: readTarget([org.loginUrl]), ca: org.ca, probe } },
  );
  onTestFinished(async () => {
    await live.end();
    live.clean();
  });
  const post = async (path: string, body: object = {}) => {
    const response = await fetch(new URL(path, live.link()), {
      method: 'POST',
      headers: { authorization: `Bearer ${live.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  return { org, live, post, ...clientAt(live.loginUrl, org) };
}

test('an expired session is refused here until the client has refreshed, and the org does not know of it', async () => {
  const { org, post, login, call, refresh, live } = await setUp();
  const tokens = await login();
  const base = tokens['instance_url']!;
  expect((await post('/expire')).status).toBe(200);
  expect((await call(base, tokens.access_token)).status).toBe(401);
  expect((await org.call(tokens.access_token)).status).toBe(200);
  const next = (await refresh(tokens.refresh_token)).body;
  expect((await call(base, next['access_token']!)).status).toBe(200);
  const { report } = await live.end();
  expect(report.checks.find(({ id }) => id === 'RTR-01')?.verdict).toBe('pass');
  const rotation = report.checks.find(({ id }) => id === 'ORG-01');
  expect(rotation).toMatchObject({ verdict: 'pass', requirements: ['SF-RTR-ENABLED'] });
  expect(rotation?.scenarios.flatMap(({ evidence }) => evidence)).not.toEqual([]);
});

test('what may end a user’s connection is armed only with agreement; what only the mock can do is refused', async () => {
  const { post } = await setUp();
  const asked = await post('/faults', { fault: 'reset-after-commit' });
  expect([asked.status, asked.text]).toEqual([400, expect.stringContaining('sign in again')]);
  expect((await post('/faults', { fault: 'reset-after-commit', confirm: true })).status).toBe(200);
  expect((await post('/faults', { fault: 'service-unavailable' })).status).toBe(200);
  expect((await post('/gates', { point: 'refresh-request' })).status).toBe(400);
  expect((await post('/actions/lose')).status).toBe(400);
  expect((await post('/actions/lose', { confirm: true })).status).toBe(200);
  for (const path of ['/reject', '/replay']) expect((await post(path)).status).toBe(400);
});

test('the control port makes calls of the client race for the refresh token of a real org, once that is agreed to', async () => {
  const { post, login, call, refresh } = await setUp();
  const tokens = await login();
  const base = tokens['instance_url']!;
  const refused = await post('/race', { calls: 2 });
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('sign in again')]);
  expect((await call(base, tokens.access_token)).status).toBe(200);
  expect((await post('/race', { calls: 2, order: [1, 0], confirm: true })).status).toBe(200);
  const each = async (): Promise<number> => {
    expect((await call(base, tokens.access_token)).status).toBe(401);
    return (await refresh(tokens.refresh_token)).status;
  };
  const statuses = await Promise.all([each(), each()]);
  expect(statuses.toSorted()).toEqual([200, 400]);
  const ended = JSON.parse((await post('/race/end', { results: ['ok', 'failed'] })).text) as Record<string, unknown>;
  expect(ended).toMatchObject({
    order: [1, 0],
    refreshes: [
      { refreshToken: 'RT#1', error: 'invalid_grant' },
      { refreshToken: 'RT#1', status: 200 },
    ],
  });
  const graded = await post('/grade', { ids: ['RACE-01'] });
  expect(JSON.parse(graded.text)).toMatchObject({ findings: [{ id: 'RACE-01', verdict: 'fail' }] });
  expect((await post('/sign-in', { url: 'http://127.0.0.1/' })).text).toContain('not-with-upstream');
});

test.each([{ mock: { host: '0.0.0.0', public: true } }, { mock: { public: true }, dashboard: { host: '0.0.0.0' } }])(
  'listens on the loopback addresses only, whatever the configuration says: %j',
  async (input) => {
    const upstream = { target: readTarget(['https://acme--dev.sandbox.my.salesforce.com']) };
    await expect(startLive(input, {}, { upstream })).rejects.toMatchObject({ code: 'not-loopback' });
  },
);

test.each([
  [true, 'pass', 'was refused'],
  [false, 'fail', 'was not refused'],
] as const)(
  '--probe asks an org at the start, and what it found is graded: PKCE required %s, %s',
  async (pkce, verdict, words) => {
    const { live, login } = await setUp(true, pkce);
    await login();
    const { report } = await live.end();
    expect(live.events().filter(({ kind }) => kind === 'probe').length).toBe(3);
    const check = report.checks.find(({ id }) => id === 'ORG-02');
    expect(check).toMatchObject({ verdict, message: expect.stringContaining(words) as string });
    expect(check?.requirements).toEqual(['SF-PKCE-ENABLED']);
  },
);
