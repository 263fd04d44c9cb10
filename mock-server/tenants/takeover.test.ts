import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Event, EventOf } from '../../src/history/event.ts';
import { HAS_REDIS } from '../store/fixtures/redis.ts';
import { ask, call, login, refresh } from './fixtures/partner.ts';
import { AGAIN_MS } from './resent.ts';
import { startService, type HostedTenant, type Service } from './fixtures/service.ts';

const url = process.env['REDIS_URL'] ?? '';
const PATIENT = { timeout: 20_000, interval: 20 };
const LONG = { timeout: 90_000 };

async function stage() {
  const service = await startService(url, 2);
  const tenant = await service.tenant('acme');
  const tokens = await login(tenant.place);
  const owner = await tenant.owner();
  expect([0, 1]).toContain(owner);
  return { service, tenant, tokens, token: tokens['refresh_token'] ?? '', owner, other: 1 - owner };
}

/** Kills an instance and waits until it is gone. */
async function kill({ processes }: Service, at: number, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  const child = processes[at]!;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

const holds = (tenant: HostedTenant, id: string, held: number) =>
  expect.poll(async () => (await tenant.state()).gates, PATIENT).toEqual([{ id, held }]);
const of = <K extends Event['kind']>(history: readonly Event[], kind: K) =>
  history.filter((event): event is EventOf<K> => event.kind === kind);
/** Status and delivery of each request of an endpoint, in order of arrival. */
const outcomes = (history: readonly Event[], endpoint: string) =>
  of(history, 'request')
    .filter((one) => one.endpoint === endpoint && !one.browser)
    .map(({ exchange }) =>
      of(history, 'response').flatMap((one) =>
        one.exchange === exchange ? [`${String(one.status)} ${one.delivered}`] : [],
      ),
    );
const gateLines = (history: readonly Event[]) => of(history, 'gate').map(({ gate, action }) => `${gate} ${action}`);

describe.runIf(HAS_REDIS)('an instance is killed', () => {
  test.each([
    ['SIGKILL', 'refresh-request'],
    ['SIGKILL', 'refresh-answer'],
    ['SIGTERM', 'refresh-answer'],
  ] as const)('%s while a gate holds two refreshes: %s', LONG, async (signal, point) => {
    const { service, tenant, token, owner, other } = await stage();
    const second = (await login(tenant.place))['refresh_token'] ?? '';
    const { gate = '' } = (await tenant.order('/gates', { point })).body;
    expect(gate).toBe(`${point}#1`);
    const waiting = [token, second].map((one) => refresh(tenant.place, one));
    await holds(tenant, gate, 2);
    await kill(service, owner, signal);
    await holds(tenant, gate, 2);
    expect(await tenant.owner()).toBe(other);
    if (point === 'refresh-answer') {
      // The winner has not been answered yet: its lock lives on, too.
      const busy = await refresh(tenant.place, token);
      expect([busy.status, busy.body['error_description']]).toEqual([400, 'token request is already being processed']);
    }
    expect(JSON.parse((await tenant.order('/gates/open', { gate })).text)).toEqual({ opened: [gate] });
    const answers = await Promise.all(waiting);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    for (const { body } of answers) {
      expect((await call(tenant.place, body['access_token'] ?? '')).status).toBe(200);
      expect((await refresh(tenant.place, body['refresh_token'] ?? '')).status).toBe(200);
    }
    expect((await tenant.state()).gates).toEqual([]);
    expect((await tenant.order('/gates', { point })).body).toEqual({ gate: `${point}#2` });

    const history = await tenant.history();
    const busy = point === 'refresh-answer' ? [['400 complete']] : [];
    expect(outcomes(history, 'token').slice(2)).toEqual([
      ['200 complete'],
      ['200 complete'],
      ...busy,
      ['200 complete'],
      ['200 complete'],
    ]);
    const lines = ['armed', 'held', 'held', 'opened', 'opened', 'closed'].map((action) => `${gate} ${action}`);
    expect(gateLines(history)).toEqual([...lines, `${point}#2 armed`]);
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, at) => at + 1));
  });

  test('answers of the resource server stand at their gate again, with a limit', LONG, async () => {
    const { service, tenant, tokens, owner } = await stage();
    const access = tokens['access_token'] ?? '';
    expect((await tenant.order('/gates', { point: 'resource-denied', limit: 2 })).status).toBe(200);
    await tenant.order('/expire', {});
    const waiting = [1, 2].map(() => call(tenant.place, access));
    await holds(tenant, 'resource-denied#1', 2);
    await kill(service, owner);
    await holds(tenant, 'resource-denied#1', 2);
    // It is full on the other instance, too.
    expect((await call(tenant.place, access)).status).toBe(401);
    await tenant.order('/gates/open', {});
    for (const { status, text } of await Promise.all(waiting)) {
      expect(status).toBe(401);
      expect(text).toContain('INVALID_SESSION_ID');
    }
    expect(outcomes(await tenant.history(), 'resource')).toEqual([
      ['401 complete'],
      ['401 complete'],
      ['401 complete'],
    ]);
  });

  test('a fault that is armed for two more requests acts twice more', LONG, async () => {
    const { service, tenant, token, owner } = await stage();
    await tenant.order('/faults', { fault: 'service-unavailable', times: 3 });
    await tenant.order('/faults', { fault: 'html-error', on: 'resource' });
    expect((await refresh(tenant.place, token)).status).toBe(503);
    await kill(service, owner);
    expect((await tenant.state()).faults).toEqual([
      { id: 'service-unavailable', fired: 1 },
      { id: 'html-error', fired: 0 },
    ]);
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await refresh(tenant.place, token)).status);
    expect(statuses).toEqual([503, 503, 200]);
    const fired = of(await tenant.history(), 'fault').filter(({ fault }) => fault === 'service-unavailable');
    expect(fired.map(({ action }) => action)).toEqual(['armed', 'fired', 'fired', 'fired']);
    expect((await tenant.order('/reset', {})).status).toBe(200);
    expect(await tenant.state()).toMatchObject({ faults: [], gates: [] });
  });

  test('a slow answer is slow once more and counts once; the refresh is done once', LONG, async () => {
    const { service, tenant, token, owner } = await stage();
    await tenant.order('/faults', { fault: 'slow', with: { ms: 3_000 } });
    const waiting = refresh(tenant.place, token);
    await expect.poll(async () => (await tenant.state()).faults, PATIENT).toEqual([{ id: 'slow', fired: 1 }]);
    await kill(service, owner);
    const { status, body } = await waiting;
    expect(status).toBe(200);
    expect((await refresh(tenant.place, body['refresh_token'] ?? '')).status).toBe(200);
    const history = await tenant.history();
    expect(outcomes(history, 'token').slice(1)).toEqual([['200 complete'], ['200 complete']]);
    expect(of(history, 'fault').map(({ action }) => action)).toEqual(['armed', 'fired']);
    expect(of(history, 'response').flatMap(({ fault = '' }) => (fault === '' ? [] : [fault]))).toEqual(['slow']);
  });

  test('whoever handed a held request on dies: it stands at the gate as before', LONG, async () => {
    const { service, tenant, token, owner, other } = await stage();
    await tenant.order('/gates', { point: 'refresh-answer' });
    service.use(other);
    const waiting = refresh(tenant.place, token);
    await holds(tenant, 'refresh-answer#1', 1);
    service.use(owner);
    await kill(service, other);
    await holds(tenant, 'refresh-answer#1', 1);
    expect(service.front.again).toBe(1);
    await tenant.order('/gates/open', {});
    const { status, body } = await waiting;
    expect(status).toBe(200);
    expect((await refresh(tenant.place, body['refresh_token'] ?? '')).status).toBe(200);
    const history = await tenant.history();
    expect(outcomes(history, 'token').slice(1)).toEqual([['200 complete'], ['200 complete']]);
    expect(gateLines(history)).toEqual(
      ['armed', 'held', 'opened', 'closed'].map((action) => `refresh-answer#1 ${action}`),
    );
  });

  test('a client that leaves through another instance is not waited for', LONG, async () => {
    const { service, tenant, token, other } = await stage();
    await tenant.order('/gates', { point: 'refresh-request', limit: 1 });
    const port = Number((service.addresses[other] ?? '').split(':')[1]);
    const socket = connect(port, '127.0.0.1');
    const body = `grant_type=refresh_token&client_id=${tenant.place.clientId}&refresh_token=${encodeURIComponent(token)}`;
    const head = `POST /services/oauth2/token HTTP/1.1\r\nHost: ${new URL(tenant.place.login).host}\r\n`;
    const type = 'Content-Type: application/x-www-form-urlencoded';
    socket.write(`${head}${type}\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`);
    await holds(tenant, 'refresh-request#1', 1);
    socket.destroy();
    const since = performance.now();
    await expect
      .poll(async () => of(await tenant.history(), 'response').map(({ delivered }) => delivered), PATIENT)
      .toContain('aborted');
    expect(performance.now() - since).toBeLessThan(AGAIN_MS);
    // Its place is free.
    const waiting = refresh(tenant.place, token);
    await holds(tenant, 'refresh-request#1', 2);
    await tenant.order('/gates/open', {});
    expect([200, 400]).toContain((await waiting).status);
    // What nobody waits for holds nothing up.
    const before = performance.now();
    await login(tenant.place);
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test('an owner that was stopped for too long hands on what comes to it and what stands with it', LONG, async () => {
    const { service, tenant, token, owner, other } = await stage();
    await tenant.order('/gates', { point: 'refresh-answer' });
    service.use(owner);
    const waiting = refresh(tenant.place, token);
    await holds(tenant, 'refresh-answer#1', 1);
    service.processes[owner]!.kill('SIGSTOP');
    await expect.poll(() => tenant.owner(), PATIENT).toBe(-1);
    service.use(other);
    await holds(tenant, 'refresh-answer#1', 1);
    expect(await tenant.owner()).toBe(other);
    service.use(owner);
    const late = login(tenant.place);
    service.processes[owner]!.kill('SIGCONT');
    expect((await late)['access_token']).toBeDefined();
    await holds(tenant, 'refresh-answer#1', 1);
    await tenant.order('/gates/open', {});
    const { status, body } = await waiting;
    expect(status).toBe(200);
    expect((await call(tenant.place, body['access_token'] ?? '')).status).toBe(200);
    expect(outcomes(await tenant.history(), 'token')).toEqual([['200 complete'], ['200 complete'], ['200 complete']]);
  });

  test('orders are carried out wherever they come to', LONG, async () => {
    const { service, tenant, owner, other } = await stage();
    const via = (at: number) => {
      const [host = '', port = ''] = (service.addresses[at] ?? '').split(':');
      return { via: { host, port: Number(port) } };
    };
    const { headers } = service;
    const order = async (at: number, path: string, body?: object) => {
      const method = body === undefined ? 'GET' : 'POST';
      const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      const answer = await ask(via(at), `${tenant.place.login}/.tenant${path}`, sent);
      return [answer.status, JSON.parse(answer.text) as unknown] as const;
    };
    expect(await order(other, '/gates', { point: 'code-request' })).toEqual([200, { gate: 'code-request#1' }]);
    expect(await order(other, '/faults', { fault: 'slow', times: 2 })).toEqual([200, { fault: 'slow' }]);
    expect(await order(other, '/scenario', { id: 'herd' })).toEqual([200, {}]);
    for (const at of [owner, other]) {
      expect(await order(at, '/state')).toEqual([
        200,
        { mode: 'strict', faults: [{ id: 'slow', fired: 0 }], gates: [{ id: 'code-request#1', held: 0 }] },
      ]);
    }
    expect(await order(other, '/gates/open', {})).toEqual([200, { opened: ['code-request#1'] }]);
    expect((await order(other, '/nothing', {}))[0]).toBe(404);
    expect((await order(other, '/advance', { ms: -1 }))[0]).toBe(400);
    const bare = await ask(via(other), `${tenant.place.login}/.tenant/state`);
    expect(bare.status).toBe(404);
    expect(await tenant.owner()).toBe(owner);
    const history = await tenant.history();
    expect(of(history, 'scenario-begin').map(({ scenario }) => scenario)).toEqual(['login', 'herd']);
  });

  test('what a client has written is there on the other instance', LONG, async () => {
    const { service, tenant, tokens, owner } = await stage();
    const access = tokens['access_token'] ?? '';
    const { place } = tenant;
    const rest = (method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${access}`, 'content-type': 'application/json' };
      const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      return ask(place, `${place.instance}/services/data/v67.0/sobjects/Account${path}`, sent);
    };
    const made = await Promise.all(['One', 'Two', 'Three'].map((Name) => rest('POST', '', { Name })));
    const [one = '', two = '', three = ''] = made.map(({ body }) => body['id']);
    expect((await rest('PATCH', `/${one}`, { Name: 'First' })).status).toBe(204);
    expect((await rest('DELETE', `/${two}`)).status).toBe(204);
    await kill(service, owner);
    expect((await rest('GET', `/${one}`)).body).toMatchObject({ Name: 'First', Id: one });
    expect((await rest('GET', `/${two}`)).status).toBe(404);
    expect((await rest('GET', `/${three}`)).body).toMatchObject({ Name: 'Three' });
    const next = (await rest('POST', '', { Name: 'Four' })).body['id'];
    expect([one, two, three]).not.toContain(next);
  });
});
