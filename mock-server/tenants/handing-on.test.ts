import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { HAS_REDIS } from '../store/fixtures/redis.ts';
import { ask, call, login, refresh } from './fixtures/partner.ts';
import { gateLines, holds, kill, LONG, of, outcomes, PATIENT, stage } from './fixtures/two-instances.ts';
import { AGAIN_MS } from './resent.ts';

describe.runIf(HAS_REDIS)('what another instance hands on', () => {
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
    expect(performance.now() - before).toBeLessThan(15_000);
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

  test('a connection that a fault broke off is not taken for an instance that died', LONG, async () => {
    const { service, tenant, token } = await stage();
    await tenant.order('/faults', { fault: 'reset-before-commit', times: 2 });
    // The front tries it six times, and gives up.
    for (const fired of [1, 2]) {
      expect((await refresh(tenant.place, token)).status).toBe(502);
      expect(service.front.again).toBe(fired * 6);
      expect(of(await tenant.history(), 'fault').filter(({ action }) => action === 'fired')).toHaveLength(fired);
    }
    expect((await refresh(tenant.place, token)).status).toBe(200);
    expect(outcomes(await tenant.history(), 'token').slice(1)).toEqual([['0 none'], ['0 none'], ['200 complete']]);
  });
});
