import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createServiceClient } from './service-client.ts';

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** A proxy that notes where it was asked to connect to, and a service behind it. */
async function proxied() {
  const service = await listen(createServer((request, response) => response.end(JSON.stringify(request.url))));
  const connected: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    connected.push(request.url ?? '');
    const onward = connect(service, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  return { service, proxy: `http://127.0.0.1:${String(await listen(proxy))}`, connected };
}

test.each([
  ['goes through the proxy that the environment names', '', true],
  ['goes directly where NO_PROXY names the service', '127.0.0.1', false],
])('a request %s', async (_, noProxy, through) => {
  const { service, proxy, connected } = await proxied();
  for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']) vi.stubEnv(name, proxy);
  for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, noProxy);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const client = createServiceClient(new URL(`http://127.0.0.1:${String(service)}`), 'token');
  onTestFinished(() => client.close());
  expect(await client.ask('GET', '/v1/apps')).toBe('/v1/apps');
  expect(connected).toEqual(through ? [`127.0.0.1:${String(service)}`] : []);
});
