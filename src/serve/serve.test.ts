import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../test-kit/free-port.ts';
import { signIn } from '../../test-kit/login.ts';
import { startClient, startLive, type Live, type ReferenceClient } from './fixtures/live.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function setUp(input: Readonly<Record<string, unknown>> = {}): Promise<{ live: Live; client: ReferenceClient }> {
  const live = await startLive(input);
  cleanups.push(() => live.clean());
  const client = startClient(live);
  cleanups.push(
    () => live.end(),
    () => client.end(),
  );
  return { live, client };
}

const post = (live: Live, path: string, body: unknown = {}): Promise<Response> =>
  fetch(new URL(path, live.link()), {
    method: 'POST',
    headers: { authorization: `Bearer ${live.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Waits until the person has been shown `text`, `times` times. */
const shown = (live: Live, text: string, times = 1): Promise<void> =>
  expect.poll(() => live.said().split(text).length - 1, { interval: 20 }).toBeGreaterThanOrEqual(times);

test('says what to type into the client, and where the dashboard is', async () => {
  const { live } = await setUp({ app: { name: 'Acme', client: 'confidential', clientSecret: 's3cr3t' } });
  expect(live.said()).toContain(`SF_LOGIN_URL      ${live.loginUrl}`);
  expect(live.said()).toContain(live.config.app.clientId);
  expect(live.said()).toContain('s3cr3t');
  expect(live.said()).toMatch(/Dashboard .*: http:\/\/127\.0\.0\.1:\d+\/#ticket=/);
  live.type('l');
  await shown(live, 'Dashboard', 2);
});

test('a script steers it with the token that the environment has', async () => {
  const token = 'of-the-test-suite-0123456789';
  const live = await startLive({ dashboard: { token: { env: 'SERVE_TOKEN' } } }, { SERVE_TOKEN: token });
  cleanups.push(
    () => live.clean(),
    () => live.end(),
  );
  const state = async (bearer: string) =>
    (await fetch(new URL('/state', live.link()), { headers: { authorization: `Bearer ${bearer}` } })).status;
  expect([await state(token), await state(`${token}x`)]).toEqual([200, 401]);
  expect(live.said()).not.toContain(token);
});

/** Asks as a published port of a container does: the connection comes to another address than the request names. */
function askFromOutside(address: string, url: string): Promise<number | undefined> {
  const { port, host, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { host: address, port, path: pathname + search, headers: { host }, timeout: 30_000 };
    request(options, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

test('listens on ports that can be published, and says the addresses that lead there', async ({ skip }) => {
  const [login, instance, port] = await Promise.all([freePort(), freePort(), freePort()]);
  const mock = { host: '0.0.0.0', public: true, port: login, instancePort: instance };
  await expect(setUp({ dashboard: { host: '0.0.0.0' } })).rejects.toMatchObject({ code: 'not-loopback' });
  const { live, client } = await setUp({ mock, dashboard: { host: '0.0.0.0', port } });
  expect(live.loginUrl).toBe(`http://127.0.0.1:${String(login)}`);
  expect(live.link()).toMatch(`http://127.0.0.1:${String(port)}/#ticket=`);
  expect(await client.authorize(signIn)).toMatchObject({ ok: true });
  expect(await client.call()).toMatchObject({ ok: true });
  const calls = () => live.events().filter((event) => event.kind === 'request' && event.host === 'instance');
  await expect.poll(() => JSON.stringify(calls())).toContain(`127.0.0.1:${String(instance)}`);
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  if (outside === undefined) return skip('this machine has no address but its loopback');
  expect(await askFromOutside(outside, `${live.loginUrl}/.well-known/openid-configuration`)).toBe(200);
  expect(await askFromOutside(outside, `http://127.0.0.1:${String(instance)}/services/data`)).toBe(200);
  expect(await askFromOutside(outside, live.link())).toBe(200);
  // A request with another host name does not come from the person at this machine.
  expect(await askFromOutside(outside, live.link().replace('127.0.0.1', 'evil.example'))).toBe(421);
});

test('opens the hosts that are asked for, in TLS, on every address when that is said', async () => {
  await expect(setUp({ mock: { host: '0.0.0.0' } })).rejects.toMatchObject({ code: 'not-loopback' });
  const live = await startLive({
    mock: { host: '0.0.0.0', public: true, tls: true, hosts: ['my-domain', 'experience'] },
  });
  cleanups.push(
    () => live.clean(),
    () => live.end(),
  );
  expect(live.loginUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(live.said()).toMatch(/https:\/\/127\.0\.0\.1:\d+ {3}\(My Domain\)/);
  expect(live.said()).toMatch(/https:\/\/127\.0\.0\.1:\d+ {3}\(Experience site\)/);
  const ca = /NODE_EXTRA_CA_CERTS +(\S+)/.exec(live.said())![1]!;
  const { stdout } = await promisify(execFile)('curl', ['-sS', '--cacert', ca, `${live.loginUrl}/services/data`]);
  expect(stdout).toContain('/services/data/v67.0');
});

test('a session in which nothing arrived says so and judges nothing', async () => {
  const { live } = await setUp();
  const { report, judged } = await live.end();
  expect(judged).toBe(false);
  expect(report.verdict).toBe('inconclusive');
  expect(report.run.partial).toBe(false);
  expect(report.scenarios).toMatchObject([{ id: 'login', outcome: 'login-failed', detail: 'No login happened.' }]);
});

test('a request from before the first login decides nothing: no client of this session can have sent it', async () => {
  const { live, client } = await setUp();
  const stale = { grant_type: 'refresh_token', refresh_token: '5Aep861_of_yesterday', client_id: 'of-another-app' };
  const send = (): Promise<Response> =>
    fetch(`${live.loginUrl}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(stale) });
  for (let n = 0; n < 5; n += 1) expect((await send()).status).toBeGreaterThanOrEqual(400);
  const front = await fetch(`${live.loginUrl}/`);
  expect([front.status, await front.text()]).toEqual([200, expect.stringContaining('<strong>Live client</strong>')]);
  expect(await client.authorize(signIn)).toMatchObject({ ok: true });
  expect(await client.call()).toMatchObject({ ok: true });
  const { report } = await live.end();
  expect(report.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')).toEqual([]);
  const strays = live.events().filter(({ scenario, kind }) => scenario === 'before-login' && kind === 'request');
  expect(strays).toHaveLength(5);
  // The same after a login is the client's own doing.
  const later = await setUp();
  expect(await later.client.authorize(signIn)).toMatchObject({ ok: true });
  await fetch(`${later.live.loginUrl}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(stale) });
  expect((await later.live.end()).report.scenarios.map(({ id }) => id)).toEqual(['login']);
});

test('what arrives is graded: logins under login, what follows an expiry under refresh-chain', async () => {
  const { live, client } = await setUp();
  expect(await client.authorize(signIn)).toMatchObject({ ok: true });
  expect(await client.call()).toMatchObject({ ok: true });
  for (let n = 0; n < 10; n += 1) {
    expect((await post(live, '/actions/expire')).status).toBe(200);
    expect(await client.call()).toMatchObject({ ok: true });
  }
  expect((await post(live, '/actions/restarted')).status).toBe(200);
  await client.call();
  const { report, dir, judged } = await live.end();
  expect(judged).toBe(true);
  const verdict = (id: string) => report.checks.find((check) => check.id === id)?.verdict;
  for (const id of ['PKCE-01', 'PKCE-04', 'PKCE-07', 'CA-01', 'RTR-01', 'RTR-02', 'RTR-03', 'RTR-04']) {
    expect(`${id} ${verdict(id) ?? ''}`).toBe(`${id} pass`);
  }
  expect(report.checks.filter((check) => check.verdict === 'fail')).toEqual([]);
  expect(verdict('ERR-01')).toBe('inconclusive');
  expect(report.checks.find(({ id }) => id === 'ERR-01')?.message).toContain('Let the client');
  expect(dir).toBe(live.dir);
});

test('what is tried by hand is recorded apart, and a new login leads back', async () => {
  const { live, client } = await setUp();
  await client.authorize(signIn);
  await post(live, '/actions/reject');
  expect(await client.call()).toMatchObject({ ok: false });
  expect(await (await post(live, '/actions/nonsense')).json()).toMatchObject({ error: expect.any(String) });
  expect((await post(live, '/faults', { fault: 'busy', times: 'always' })).status).toBe(200);
  await client.authorize(signIn);
  await post(live, '/expire');
  expect(await client.call()).toMatchObject({ ok: true });
  const { report } = await live.end();
  const events = live.events();
  const tokenRequests = events.filter((event) => event.kind === 'request' && event.facts.kind === 'token');
  expect(tokenRequests.map(({ scenario }) => scenario)).toEqual(['login', 'by-hand', 'login', 'refresh-chain']);
  const responses = events.filter((event) => event.kind === 'response' && event.endpoint === 'token');
  expect(responses.map(({ scenario }) => scenario)).toEqual(['login', 'by-hand', 'login', 'refresh-chain']);
  expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  const read = new Set(report.checks.flatMap(({ scenarios }) => scenarios.map(({ id }) => id)));
  expect(read).not.toContain('by-hand');
});

test('what waits for a login is not ended by one: an error at the callback, a refused code, a code exchange that is held', async () => {
  const { live, client } = await setUp();
  await client.authorize(signIn);
  for (const fault of ['app-blocked', 'expired-code']) {
    expect((await post(live, '/faults', { fault })).status).toBe(200);
    expect(await client.authorize(signIn)).toMatchObject({ ok: false });
  }
  expect((await post(live, '/gates', { point: 'code-request' })).status).toBe(200);
  const held = client.authorize(signIn);
  const headers = { authorization: `Bearer ${live.token}` };
  const state = async () => (await fetch(new URL('/state', live.link()), { headers })).text();
  await expect.poll(state).toContain('"held":1');
  await post(live, '/gates/open', {});
  expect(await held).toMatchObject({ ok: true });
  await client.authorize(signIn);
  await live.end();
  const logins = live.events().filter((event) => event.kind === 'request' && event.facts.kind === 'authorize');
  expect(logins.map(({ scenario }) => scenario)).toEqual(['login', ...Array<string>(3).fill('by-hand'), 'login']);
});

test('a scenario is run with a person as hands; what succeeds needs no reply', async () => {
  const { live, client } = await setUp();
  expect((await post(live, '/guide/strict')).status).toBe(200);
  await shown(live, 'Log in with your client now.');
  expect((await post(live, '/actions/expire')).status).toBe(400);
  expect((await post(live, '/expire')).status).toBe(400);
  await client.authorize(signIn);
  await shown(live, 'Let your client make one API call now.');
  await client.call();
  await shown(live, 'make one API call now', 2);
  await client.call();
  await expect.poll(async () => (await post(live, '/actions/reset')).status).toBe(200);
  expect((await post(live, '/guide/strict')).status).toBe(400);
  const { report } = await live.end();
  expect(report.scenarios.find(({ id }) => id === 'strict')).toMatchObject({ outcome: 'completed' });
  expect(report.checks.find(({ id }) => id === 'CA-10')).toMatchObject({ verdict: 'pass' });
});

test('a person replies with keys; what is left out counts neither for nor against the client', async () => {
  const { live, client } = await setUp();
  await post(live, '/guide/rejected');
  await shown(live, 'Log in with your client now.');
  await client.authorize(signIn);
  await shown(live, 'one API call');
  await client.call();
  await shown(live, 'one API call now', 2);
  expect(await client.call()).toMatchObject({ ok: false, reauthorize: true });
  live.type('r');
  await shown(live, '5 API calls at the same moment');
  live.type('s');
  const { report } = await live.end();
  const verdict = (id: string) => report.checks.find((check) => check.id === id)?.verdict;
  expect(report.scenarios.find(({ id }) => id === 'rejected')).toMatchObject({ outcome: 'interrupted' });
  expect([verdict('ERR-01'), verdict('ERR-03'), verdict('ERR-04')]).toEqual(['pass', 'inconclusive', 'inconclusive']);
});

test('reports are written on request, and the session goes on', async () => {
  const { live, client } = await setUp();
  await client.authorize(signIn);
  expect((await post(live, '/write')).status).toBe(200);
  const report = await fetch(new URL('/report', live.link()), { headers: { authorization: `Bearer ${live.token}` } });
  expect(report.headers.get('content-disposition')).toContain('attachment');
  expect(await report.text()).toContain('Live client');
  await client.call();
  await post(live, '/end');
  const { report: last } = await live.ended;
  expect(last.run.partial).toBe(false);
});

test('nothing raw reaches the disk or the dashboard', async () => {
  const { live, client } = await setUp();
  let code = '';
  await client.authorize(async (url) => {
    code = new URL(url).searchParams.get('state') ?? '';
    await signIn(url);
  });
  await client.call();
  const view = await fetch(new URL('/view', live.link()), { headers: { authorization: `Bearer ${live.token}` } });
  const shown = await view.text();
  await live.end();
  const history = JSON.stringify(live.events());
  expect(code.length).toBeGreaterThan(8);
  expect(history).not.toContain(code);
  expect(history).not.toMatch(/00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{20}/);
  expect(shown).not.toContain(code);
});
