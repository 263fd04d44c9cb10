import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../test-kit/free-port.ts';
import { httpSchema } from './config.ts';
import { createDriver } from './create.ts';
import type { ClientSession } from './driver.ts';
import { startAuthorizationServer, type AuthorizationServer } from './fixtures/authorization-server.ts';
import { newHistory, type TestHistory } from './fixtures/recorder.ts';

let server: AuthorizationServer;
let history: TestHistory;
let closers: (() => unknown)[];

beforeEach(async () => {
  server = await startAuthorizationServer();
  history = newHistory(server);
  closers = [];
});
afterEach(async () => {
  for (const close of closers) await close();
  await server.close();
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** An application of one function, at an address of its own. */
async function application(answer: Handler): Promise<string> {
  const app = createServer(answer).listen(0, '127.0.0.1');
  await once(app, 'listening');
  closers.push(() => {
    app.closeAllConnections();
    app.close();
  });
  return `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
}

async function begin(baseUrl: string, more: object = {}, timeoutMs?: number): Promise<ClientSession> {
  const config = httpSchema.parse({
    type: 'http',
    baseUrl,
    authorize: { path: '/login' },
    call: { path: '/api' },
    disconnect: { path: '/logout' },
    ...more,
  });
  const session = await createDriver(config, { configDir: `${import.meta.dirname}/fixtures` }).begin({
    ...history.context,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  closers.push(() => session.end());
  return session;
}

test.each([
  [200, undefined, { result: 'ok', status: 200 }],
  [204, undefined, { result: 'ok', status: 204 }],
  [401, undefined, { result: 'failed', status: 401, reauthorize: true }],
  [500, undefined, { result: 'failed', status: 500, reauthorize: false }],
  [302, '/login?next=/api', { result: 'failed', status: 302, reauthorize: true }],
  [302, 'MOCK/services/oauth2/authorize?x=1', { result: 'failed', status: 302, reauthorize: true }],
  [302, 'https://example.invalid/', { result: 'failed', error: 'the application led to https://example.invalid' }],
])('a call that is answered %i (%s)', async (status, location, expected) => {
  const baseUrl = await application((_, response) => {
    const headers = location === undefined ? {} : { location: location.replace('MOCK', server.loginUrl) };
    response.writeHead(status, headers).end();
  });
  const { main } = await begin(baseUrl);
  expect(await main.call()).toMatchObject(expected);
  expect(server.browsed).toEqual([]);
});

test('`reauthorizeOn` names other statuses', async () => {
  const baseUrl = await application((_, response) => response.writeHead(409).end());
  const { main } = await begin(baseUrl, { reauthorizeOn: [409] });
  expect(await main.call()).toMatchObject({ result: 'failed', reauthorize: true });
});

test('method, headers and body are sent; redirects inside the application are followed', async () => {
  const seen: string[] = [];
  const baseUrl = await application((request, response) => {
    const { method, url, headers } = request;
    const chunks: string[] = [];
    request.on('data', (chunk) => chunks.push(String(chunk)));
    request.on('end', () => {
      seen.push(`${method} ${url} ${String(headers['x-key'])} ${headers['content-type']} ${chunks.join('')}`);
      response.writeHead(url === '/base/api' ? 303 : 200, { location: '/base/done' }).end();
    });
  });
  const call = { method: 'PUT', path: '/api', headers: { 'X-Key': 'k' }, body: { a: 1 } };
  const { main } = await begin(`${baseUrl}/base`, { call });
  expect(await main.call()).toMatchObject({ result: 'ok', status: 200 });
  expect(seen).toEqual(['PUT /base/api k application/json {"a":1}', 'GET /base/done undefined undefined ']);
});

test('without `start` nothing can be restarted', async () => {
  const baseUrl = await application((_, response) => response.end());
  const config = { type: 'http', baseUrl, authorize: { path: '/' }, call: { path: '/' } };
  expect(createDriver(httpSchema.parse(config), { configDir: '.' }).abilities).toMatchObject({
    restart: false,
    processes: false,
    users: true,
    refresh: false,
    status: false,
  });
  const session = await begin(baseUrl);
  const { main } = session;
  expect(await main.restart()).toEqual({ result: 'unsupported' });
  expect(await main.status()).toEqual({ result: 'unsupported' });
  expect(await session.spawn()).toBeUndefined();
});

test('a redirect loop comes to an end', async () => {
  let requests = 0;
  const baseUrl = await application((_, response) => {
    requests += 1;
    response.writeHead(302, { location: `/again-${requests}` }).end();
  });
  const { main } = await begin(baseUrl);
  expect(await main.authorize()).toMatchObject({ result: 'failed', opened: false });
  expect(requests).toBe(21);
});

test('an endless page is cut', async () => {
  const baseUrl = await application((_, response) => {
    const chunk = Buffer.alloc(65_536, 97);
    const pour = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', pour);
    pour();
  });
  const { main } = await begin(baseUrl);
  expect(await main.call()).toEqual({ result: 'ok', status: 200 });
});

test('an application that is not there', async () => {
  const { main } = await begin('http://127.0.0.1:9');
  expect(await main.call()).toMatchObject({ result: 'failed' });
});

test('an application that does not start is trouble with its last words', async () => {
  const start = { command: [process.execPath, 'web-client.mjs'], env: { FIXTURE: 'fails-to-start', PORT: '9' } };
  await expect(begin('http://127.0.0.1:9', { start })).rejects.toMatchObject({
    code: 'driver-not-ready',
    message: expect.stringContaining('cannot start'),
  });
});

test('an application that is up but never ready is reported with what it answered', async () => {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const start = { command: [process.execPath, 'web-client.mjs'], env: { PORT: String(port) }, ready: '/nothing-here' };
  await expect(begin(baseUrl, { start }, 3_000)).rejects.toMatchObject({
    code: 'driver-not-ready',
    message: expect.stringMatching(/answered 404 at \/nothing-here and was not ready within 3000 ms/),
    hint: expect.stringContaining('`driver.start.ready`'),
  });
});

test('a port where another program answers already is an error', async () => {
  const baseUrl = await application((_, response) => response.end());
  const start = { command: [process.execPath, 'web-client.mjs'] };
  await expect(begin(baseUrl, { start })).rejects.toMatchObject({ code: 'driver-port-in-use' });
});
