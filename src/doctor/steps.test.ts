import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { DriverConfig } from '../drivers/config.ts';
import { clockStep } from './clock-step.ts';
import { commandStep } from './command-step.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { portStep } from './port-step.ts';
import { proxyStep } from './proxy-step.ts';
import { notOk, notReached, ok } from './step.ts';

describe('proxy', () => {
  const proxied = { HTTP_PROXY: 'http://proxy:3128' };
  it.each([
    [{}, false, 'ok'],
    [proxied, false, 'not ok'],
    [proxied, true, 'ok'],
    [{ https_proxy: 'http://proxy:3128' }, false, 'not ok'],
    [{ ...proxied, NO_PROXY: 'localhost' }, false, 'not ok'],
    [{ ...proxied, NO_PROXY: 'localhost,127.0.0.1' }, false, 'ok'],
    [{ ...proxied, no_proxy: '127.0.0.0/8' }, false, 'ok'],
    [{ ...proxied, NO_PROXY: '*' }, false, 'ok'],
    [{ HTTP_PROXY: '' }, false, 'ok'],
  ])('%j, requests arrived: %j → %s', (env, arrived, state) => {
    expect(proxyStep(env, '127.0.0.1', arrived).state).toBe(state);
  });
});

describe('clock', () => {
  it.each([
    [{ drift: 0, file: -900, issuedAt: 200, application: -1_500 }, undefined],
    [{ drift: 3_600_000 }, 'jumped by 3600 s'],
    [{ drift: 0, file: -60_000 }, 'file is dated -60 s away'],
    [{ drift: 0, issuedAt: 10_000 }, 'issued_at'],
    [{ drift: 0, application: 86_400_000 }, "application's clock"],
  ])('%j', (readings, said) => {
    const step = clockStep(readings);
    expect(step.state).toBe(said === undefined ? 'ok' : 'not ok');
    expect(step.seen).toContain(said ?? '');
  });
});

describe('ports', () => {
  const adapter: DriverConfig = { type: 'adapter', command: ['x'], env: {}, cwd: '.' };
  it('finds the one that is taken, and only looks at this machine', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const taken = await portStep([`http://localhost:${port}/cb`], adapter);
      expect(taken).toMatchObject({ state: 'not ok', seen: expect.stringContaining(`Port ${port} `) });
      for (const uri of ['http://127.0.0.1:0/cb', `https://app.example:${port}/cb`, 'myapp://cb']) {
        expect(await portStep([uri], adapter)).toMatchObject({ state: 'ok', seen: 'none is fixed' });
      }
      const request = { method: 'GET', path: '/', headers: {} };
      const running: DriverConfig = {
        ...{ type: 'http', authorize: request, call: request, reauthorizeOn: [401] },
        baseUrl: `http://127.0.0.1:${port}`,
      };
      // It runs already: that its port is taken is right, unless the harness is to start it.
      expect(await portStep([`http://127.0.0.1:${port}/cb`], running)).toMatchObject({ state: 'ok' });
      const started: DriverConfig = { ...running, start: { command: ['x'], cwd: '.', env: {} } };
      expect(await portStep([], started)).toMatchObject({ state: 'not ok' });
    } finally {
      server.close();
    }
  });
});

describe('command', () => {
  it('looks where the driver would', async () => {
    const adapter = { type: 'adapter' as const, env: {}, cwd: '.' };
    const env = { PATH: '/usr/bin:/bin' };
    expect(await commandStep({ ...adapter, command: ['sh'] }, '/', env)).toMatchObject({ state: 'ok', seen: 'sh' });
    expect(await commandStep({ ...adapter, command: ['./sh'] }, '/usr', env)).toMatchObject({
      state: 'not ok',
      todo: expect.stringContaining('driver.cwd'),
    });
    const second = { env: {}, cwd: '.', type: 'command' as const };
    expect(await commandStep({ ...second, authorize: ['sh'], call: ['no-such-program'] }, '/', env)).toMatchObject({
      state: 'not ok',
    });
    expect(await commandStep({ type: 'manual' }, '/', env)).toBeUndefined();
  });
});

const PLAIN = { color: false, width: 120 };

describe('text', () => {
  it('says what to do under what is not ok, and what comes next', () => {
    const sick = diagnosisText(
      { healthy: false, steps: [ok('a', 'A'), notOk('b', 'B', 'why', 'Do it.'), notReached('c', 'C')] },
      PLAIN,
    );
    expect(sick).toContain('✓ ok           A\n✕ not ok       B: why\n               → Do it.\n– not reached  C\n');
    expect(sick).not.toContain('sf-conformance run');
    const said = [{ ...notOk('b', 'B', 'why', 'Do it.'), said: ['KeyError: x', 'Traceback'] }];
    expect(diagnosisText({ healthy: false, steps: said }, PLAIN)).toContain(
      'B: why\n               The client said:\n                   KeyError: x\n                   Traceback\n               → Do it.\n',
    );
    const rude = diagnosisText(
      { healthy: true, steps: [{ ...ok('a', 'A'), conformance: ['missing-verifier'] }] },
      PLAIN,
    );
    expect(rude).toContain("A conformance matter, not the configuration's: refused for missing-verifier.");
    expect(rude).toContain('Next: sf-conformance run');
  });

  it('fits the terminal', () => {
    const long = 'Let it hand over the URL as its driver asks, and look at the usual causes, one by one. '.repeat(4);
    for (const width of [80, 120]) {
      const text = diagnosisText({ healthy: false, steps: [notOk('b', 'B', long, long)] }, { color: false, width });
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
      expect(text).toContain(`\n${' '.repeat(15)}→ Let it`);
    }
  });
});
