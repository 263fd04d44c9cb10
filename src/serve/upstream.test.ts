import { expect, onTestFinished, test } from 'vitest';
import { CLIENT_ID, REDIRECT } from '../../mock-server/fixtures/stage.ts';
import { clientAt, startOrg } from '../upstream/fixtures/through.ts';
import { readTarget } from '../upstream/target.ts';
import { startLive } from './fixtures/live.ts';

async function setUp(probe = false) {
  const org = await startOrg();
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
  expect(report.checks.find(({ id }) => id === 'ORG-01')?.verdict).toBe('pass');
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

test('--probe asks the org at the start, and what it found is graded', async () => {
  const { live, login } = await setUp(true);
  await login();
  const { report } = await live.end();
  expect(live.events().filter(({ kind }) => kind === 'probe').length).toBe(3);
  expect(report.checks.find(({ id }) => id === 'ORG-02')?.verdict).not.toBe('skip');
});
