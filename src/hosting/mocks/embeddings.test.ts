/** Mocks by host name: a request that arrives at another instance gets to the mock unchanged. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createElsewhere } from '../elsewhere.ts';
import { createMockPlaces, listenOn, type MockPlacesOptions } from './embeddings.ts';

const RUN = `r${'a'.repeat(20)}`;

async function openInstance(ownerOf: () => Promise<string | undefined>) {
  const elsewhere = createElsewhere();
  const none = (): never => {
    throw new Error('not asked for');
  };
  const options: Omit<MockPlacesOptions, 'url'> = {
    ...{ host: '127.0.0.1', ports: undefined, base: 'mocks.example', elsewhere, complain: none },
    instances: { ownerOf, portOwner: none, leasePorts: none, releasePorts: none },
  };
  const places = await createMockPlaces({ ...options, url: new URL('https://mocks.example') });
  const server = await listenOn((...exchange) => void places.answer(...exchange), '127.0.0.1', 0);
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await elsewhere.close();
  });
  return { places, port, address: `http://127.0.0.1:${String(port)}` };
}

const send = (port: number, path: string, body: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = ['Host', `${RUN}-1.mocks.example`, 'X-ODD', 'a', 'x-odd', 'b'];
    const length = ['Content-Length', String(body.length)];
    const sent = httpRequest({ port, path, method: 'POST', headers: [...headers, ...length] as never });
    sent.once('response', resolve);
    sent.once('error', reject);
    sent.end(body);
  });

let refused = 0;
const share = { organisation: 'o', inFlight: 2, onRefused: () => void (refused += 1) };

it('refuses what an organisation sends at once beyond its share, and nothing of another one', async () => {
  const { places, port } = await openInstance(() => Promise.resolve(undefined));
  const given = { host: '127.0.0.1', port: 0, instancePort: 0, more: [], tls: false, public: false };
  const held: (() => void)[] = [];
  const arrived = Promise.withResolvers<undefined>();
  const { listen } = await places.embed(RUN, share);
  const origins = await listen((_, response) => {
    held.push(() => response.end());
    if (held.length === 2) arrived.resolve(undefined);
  }, given);
  onTestFinished(() => origins.close());
  const first = [send(port, '/services/data', ''), send(port, '/services/oauth2/token', '')];
  await arrived.promise;
  const token = await send(port, '/services/oauth2/token', '');
  const api = await send(port, '/services/data/v1', '');
  expect([token.statusCode, api.statusCode, refused]).toEqual([503, 403, 2]);
  for (const end of held) end();
  expect((await Promise.all(first)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
});

it('passes requests on to the instance that has the mock, and breaks off with it', async () => {
  const owner = await openInstance(() => Promise.resolve(undefined));
  const other = await openInstance(() => Promise.resolve(owner.address));
  const seen: { readonly headers: readonly string[]; readonly url: string | undefined }[] = [];
  const { listen } = await owner.places.embed(RUN, share);
  const given = { host: '127.0.0.1', port: 0, instancePort: 0, more: [], tls: false, public: false };
  const origins = await listen((request, response) => {
    seen.push({ headers: request.rawHeaders, url: request.url });
    if (request.url === '/reset') request.socket.resetAndDestroy();
    else request.pipe(response.writeHead(201, { 'X-Answer': '1' }));
  }, given);
  onTestFinished(() => origins.close());
  expect(origins.urls.login).toBe(`https://${RUN}-1.mocks.example`);

  const answer = await send(other.port, '/services/../a?b=%2F', 'grant=1');
  answer.setEncoding('utf8');
  const parts: string[] = [];
  for await (const part of answer) parts.push(String(part));
  expect([answer.statusCode, answer.rawHeaders.includes('X-Answer'), parts.join('')]).toEqual([201, true, 'grant=1']);
  expect(seen[0]?.url).toBe('/services/../a?b=%2F');
  expect(seen[0]?.headers.join(' ')).toMatch(new RegExp(`host ${RUN}-1.mocks.example .*X-ODD a x-odd b`, 'iu'));
  await expect(send(other.port, '/reset', '')).rejects.toMatchObject({ code: 'ECONNRESET' });
  await origins.close();
  expect((await send(owner.port, '/', '')).statusCode).toBe(404);
});
