/** The Testcontainers module against a small engine of our own, whose containers are processes of the command on this machine. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClient } from './fixtures/client.ts';

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));

interface Created {
  readonly Image: string;
  readonly Cmd: readonly string[];
  readonly Env: readonly string[];
  readonly HostConfig: { readonly PortBindings: Readonly<Record<string, readonly { readonly HostPort: string }[]>> };
}

let folder: string;
let engine: ReturnType<typeof createServer>;
let created: Created | undefined;
let child: ChildProcess | undefined;
const asked: string[] = [];

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Returns the first file of a tar archive: its name, and its content. */
function firstFile(archive: Buffer): readonly [string, Buffer] {
  const size = Number.parseInt(archive.toString('latin1', 124, 136), 8);
  return [archive.toString('utf8', 0, 100).replace(/\0.*$/s, ''), archive.subarray(512, 512 + size)];
}

const bound = (ports: Created['HostConfig']['PortBindings']): object =>
  Object.fromEntries(
    Object.entries(ports).map(([inside, given]) => [inside, given.map((one) => ({ HostIp: '0.0.0.0', ...one }))]),
  );

/** What the engine answers to a request (Docker Engine API 1.44), by its path. */
const ANSWERS: Readonly<Record<string, (request: IncomingMessage) => Promise<readonly [number, unknown?]>>> = {
  'GET /info': () => Promise.resolve([200, { OperatingSystem: 'Linux', Architecture: 'x86_64', ServerVersion: '27' }]),
  'GET /containers/json': () => Promise.resolve([200, []]),
  'GET /images/{id}/json': () => Promise.resolve([200, {}]),
  'POST /containers/create': async (request) => {
    created = JSON.parse(String(await bodyOf(request))) as Created;
    return [201, { Id: 'c1', Warnings: [] }];
  },
  'PUT /containers/{id}/archive': async (request) => {
    const [name, content] = firstFile(await bodyOf(request));
    await writeFile(join(folder, basename(name)), content);
    return [200];
  },
  'POST /containers/{id}/start': () => {
    const { Cmd = [], Env = [] } = created ?? {};
    const env = Object.fromEntries(Env.map((one) => one.split(/=(.*)/s).slice(0, 2) as [string, string]));
    const args = Cmd.map((arg) => arg.replace('/data/', `${folder}/`));
    child = spawn(process.execPath, [main, ...args], {
      ...{ cwd: folder, stdio: 'ignore', env: { ...process.env, ...env } },
    });
    return Promise.resolve([204]);
  },
  'GET /containers/{id}/json': () =>
    Promise.resolve([
      200,
      {
        ...{ Id: 'c1', Name: '/c1', Config: { Hostname: 'c1', Labels: {}, Image: created?.Image } },
        ...{ State: { Status: 'running', Running: true }, HostConfig: created?.HostConfig },
        NetworkSettings: { Ports: bound(created?.HostConfig.PortBindings ?? {}), Networks: {} },
      },
    ]),
  'GET /containers/{id}/logs': () => Promise.resolve([200]),
  'POST /containers/{id}/stop': async () => {
    const ended = child && once(child, 'close');
    child?.kill('SIGTERM');
    await ended;
    return [204];
  },
  'DELETE /containers/{id}': () => Promise.resolve([204]),
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sf-engine-'));
  engine = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://engine');
    const kind = `${request.method ?? ''} ${pathname.replace(/^\/v[\d.]+/, '').replace(/\/(?:c1|sf-conformance[^/]*)(?=\/|$)/, '/{id}')}`;
    asked.push(kind);
    void (ANSWERS[kind]?.(request) ?? Promise.resolve([404, { message: kind }] as const)).then(([status, value]) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(value === undefined ? '' : JSON.stringify(value));
    });
  });
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
  const { port } = engine.address() as AddressInfo;
  vi.stubEnv('DOCKER_HOST', `tcp://127.0.0.1:${String(port)}`);
  vi.stubEnv('TESTCONTAINERS_RYUK_DISABLED', 'true');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  child?.kill('SIGKILL');
  engine.closeAllConnections();
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

test('starts the image with its own ports, controls it, and removes it', { timeout: 180_000 }, async () => {
  const { startSalesforceContainer } = await import('./testcontainers.ts');
  const salesforce = await startSalesforceContainer({ app: { client: 'confidential' } });
  expect(created?.Image).toMatch(/^sf-conformance/);
  for (const [inside, bindings] of Object.entries(created?.HostConfig.PortBindings ?? {}))
    expect(bindings.map(({ HostPort }) => `${HostPort}/tcp`)).toEqual([inside]);
  const client = createClient(salesforce.env);
  const { callback } = await salesforce.control('/sign-in', { url: client.authorizationUrl().href });
  await client.finishLogin(new URL(String(callback)));
  await salesforce.control('/expire', {});
  expect(await client.call()).toBe(200);
  expect(await salesforce.control('/exchanges', { grantType: 'refresh_token' })).toMatchObject({
    exchanges: [{ refreshToken: 'RT#1', status: 200 }],
  });
  await expect(salesforce.control('/grade', { ids: ['RTR-99'] })).rejects.toMatchObject({
    code: 'control-refused',
    message: expect.stringContaining('RTR-99') as string,
  });
  await salesforce[Symbol.asyncDispose]();
  expect(asked).toContain('DELETE /containers/{id}');
  await expect(fetch(salesforce.env['SF_LOGIN_URL'] ?? '')).rejects.toThrow('fetch failed');
});

test('the module stays small', async () => {
  const text = await readFile(new URL('testcontainers.ts', import.meta.url), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
});
