import { once } from 'node:events';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../config/resolve.ts';
import { doctor, unconfigured, type Diagnosis } from './doctor.ts';
import { HarnessError } from '../errors.ts';

const PROOF = fileURLToPath(new URL('../../suites/proof/client/main.mjs', import.meta.url));
let dir: string;
beforeAll(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'sf-doctor-test-')));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const env = { PATH: process.env['PATH'] };

function examine(command: readonly string[], more: Readonly<Record<string, unknown>> = {}): Promise<Diagnosis> {
  const config = resolveConfig({ driver: { type: 'adapter', command }, ...more }, { dir, cwd: dir, env });
  const progress = { scenario: () => undefined, scenarioDone: () => undefined, note: () => undefined };
  return doctor({ config, env, timeoutMs: 30_000, signal: new AbortController().signal, progress });
}

const stateOf = ({ steps }: Diagnosis): Readonly<Record<string, string>> =>
  Object.fromEntries(steps.map(({ id, state }) => [id, state]));

async function program(name: string, text: string): Promise<readonly string[]> {
  await writeFile(join(dir, name), text);
  return [process.execPath, name];
}

describe('doctor', { timeout: 180_000 }, () => {
  it('finds nothing wrong with a good client', async () => {
    const found = await examine([process.execPath, PROOF, 'reference']);
    expect(found.steps.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(found.healthy).toBe(true);
    expect(found.steps.flatMap(({ conformance = [] }) => conformance)).toEqual([]);
    expect(found.steps.find(({ id }) => id === 'call')?.seen).toMatch(/^GET \/services\/data/u);
  });

  it('calls what strict refuses a conformance matter, and goes on observing', async () => {
    const found = await examine([process.execPath, PROOF, 'no-verifier']);
    expect(found.healthy).toBe(true);
    expect(found.steps.find(({ id }) => id === 'exchange')).toMatchObject({
      state: 'ok',
      conformance: ['missing-verifier'],
    });
    expect(stateOf(found)).toMatchObject({ call: 'ok' });
  });

  it('names the first step that fails and what to do; the rest is not reached', async () => {
    const command = await program(
      'not-registered.mjs',
      `const { SF_LOGIN_URL, SF_CLIENT_ID } = process.env;
      const query = new URLSearchParams({ response_type: 'code', client_id: SF_CLIENT_ID, redirect_uri: 'http://127.0.0.1:9/other' });
      process.stdin.once('data', () => console.log(JSON.stringify({ event: 'open', url: SF_LOGIN_URL + '/services/oauth2/authorize?' + query })));`,
    );
    const found = await examine(command);
    expect(found.healthy).toBe(false);
    expect(stateOf(found)).toMatchObject({
      ...{ client: 'ok', 'authorization-url': 'ok', 'sign-in': 'not ok' },
      ...{ callback: 'not reached', exchange: 'not reached', call: 'not reached' },
    });
    expect(found.steps.find(({ id }) => id === 'sign-in')?.todo).toContain('app.redirectUris');
  });

  it('takes the authorization URL of an adapter from $BROWSER too, once, and names the usual causes where none comes', async () => {
    const opening = (hand: string): string =>
      `import { spawnSync } from 'node:child_process';
      const { SF_LOGIN_URL, SF_CLIENT_ID, BROWSER } = process.env;
      const url = SF_LOGIN_URL + '/services/oauth2/authorize?' + new URLSearchParams({ client_id: SF_CLIENT_ID, redirect_uri: 'http://127.0.0.1:9/other' });
      process.stdin.once('data', () => { ${hand} });`;
    const browser = "spawnSync(BROWSER, ['--new-window', url]);";
    const event = "console.log(JSON.stringify({ event: 'open', url }));";
    const opened = await examine(await program('opens.mjs', opening(browser)), { run: { timeoutMs: 20_000 } });
    expect(stateOf(opened)).toMatchObject({ 'authorization-url': 'ok', 'sign-in': 'not ok' });
    for (const [name, both] of [
      ['first.mjs', browser + event],
      ['then.mjs', event + browser],
    ] as const)
      expect(stateOf(await examine(await program(name, opening(both))))).toMatchObject({ 'sign-in': 'not ok' });
    const none = await examine(await program('silent.mjs', opening('process.exitCode = 0; process.stdin.destroy();')));
    const step = none.steps.find(({ state }) => state === 'not ok');
    expect(step).toMatchObject({ id: 'client' });
  });

  it('reports an authorization URL that leads elsewhere', async () => {
    const command = await program(
      'elsewhere.mjs',
      `process.stdin.once('data', () => console.log('{"event":"open","url":"https://login.salesforce.com/x?client_id=1"}'));`,
    );
    const found = await examine(command);
    expect(stateOf(found)).toMatchObject({ client: 'ok', 'authorization-url': 'not ok', 'sign-in': 'not reached' });
  });

  it('reports a client that does not start, a command that is not there, and a port that is taken', async () => {
    const dies = await examine(await program('dies.mjs', 'console.error("no key file"); process.exit(1);'));
    expect(stateOf(dies)).toMatchObject({ mock: 'ok', client: 'not ok', 'authorization-url': 'not reached' });
    expect(dies.steps.find(({ id }) => id === 'client')?.said).toEqual(['no key file']);
    expect(stateOf(await examine(['no-such-program']))).toMatchObject({ command: 'not ok', client: 'not reached' });
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const blocked = await examine([process.execPath, PROOF, 'reference'], { mock: { port } });
    server.close();
    expect(stateOf(blocked)).toMatchObject({ mock: 'not ok', client: 'not reached' });
  });

  it('reaches nothing without a configuration', () => {
    const { healthy, steps } = unconfigured(new HarnessError('config-not-found', 'There is none.', 'Make one.'));
    expect(healthy).toBe(false);
    expect(steps[0]).toMatchObject({ state: 'not ok', seen: 'There is none.', todo: 'Make one.' });
    expect(new Set(steps.slice(1).map(({ state }) => state))).toEqual(new Set(['not reached']));
  });
});
