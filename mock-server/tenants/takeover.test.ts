import { describe, expect, test } from 'vitest';
import { HAS_REDIS } from '../store/fixtures/redis.ts';
import { ask, call, login, refresh } from './fixtures/partner.ts';
import { gateLines, holds, kill, LONG, of, outcomes, PATIENT, stage } from './fixtures/two-instances.ts';

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

  test('the lock of a whole app lives on while the answer of its refresh is held', LONG, async () => {
    const { service, tenant, token, owner, other } = await stage({ switches: { inFlightLock: 'app' } });
    const [second = '', third = ''] = [await login(tenant.place), await login(tenant.place)].map(
      (one) => one['refresh_token'],
    );
    const { gate = '' } = (await tenant.order('/gates', { point: 'refresh-answer', limit: 1 })).body;
    const waiting = refresh(tenant.place, token);
    await holds(tenant, gate, 1);
    const busy = async (one: string) => (await refresh(tenant.place, one)).body['error_description'];
    expect(await busy(second)).toBe('token request is already being processed');
    await kill(service, owner);
    await holds(tenant, gate, 1);
    expect(await tenant.owner()).toBe(other);
    for (const one of [second, token, third]) expect(await busy(one)).toBe('token request is already being processed');
    await tenant.order('/gates/open', { gate });
    const { status, body } = await waiting;
    expect(status).toBe(200);
    for (const one of [second, body['refresh_token'] ?? '', third])
      expect((await refresh(tenant.place, one)).status).toBe(200);
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
