import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { stage } from './fixtures/stage.ts';

const PATH = '/services/oauth2/token';
const HEAD = `POST ${PATH} HTTP/1.1\r\nHost: mock\r\n`;
const FORM = 'Content-Type: application/x-www-form-urlencoded\r\n';

/** Sends bytes as they are on a connection of its own; resolves with everything that comes back until the mock closes it. */
async function raw(origin: string, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  // The mock may close while it is still being written to.
  socket.on('error', () => undefined).on('data', (chunk: Buffer) => chunks.push(chunk));
  const closed = Promise.withResolvers<undefined>();
  socket.once('close', () => {
    closed.resolve(undefined);
  });
  socket.setTimeout(50_000, () => socket.destroy());
  for (const part of parts) socket.write(part);
  await closed.promise;
  return Buffer.concat(chunks).toString('latin1');
}

const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
const close = 'Connection: close\r\n';

const SMUGGLED = 'GET /services/oauth2/success HTTP/1.1\r\nHost: mock\r\n\r\n';
const SHAPES: Readonly<Record<string, { readonly send: readonly (string | Buffer)[]; readonly status: number }>> = {
  'Content-Length beside Transfer-Encoding': {
    send: [`${HEAD}${FORM}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    status: 400,
  },
  'two lengths': { send: [`${HEAD}Content-Length: 0\r\nContent-Length: 44\r\n\r\n${SMUGGLED}`], status: 400 },
  'a length that is no number': { send: [`${HEAD}Content-Length: +4\r\n\r\n${SMUGGLED}`], status: 400 },
  'lines that end in LF alone': {
    send: [`POST ${PATH} HTTP/1.1\nHost: mock\nContent-Length: 0\n\n${SMUGGLED}`],
    status: 400,
  },
  'a space before the colon': { send: [`${HEAD}Transfer-Encoding : chunked\r\n\r\n${SMUGGLED}`], status: 400 },
  'a chunk with a false size': { send: [`${HEAD}${FORM}Transfer-Encoding: chunked\r\n\r\nZZ\r\nabc`], status: 400 },
  'headers of 20 kB': { send: [`${HEAD}X-Long: ${'a'.repeat(20_000)}\r\n\r\n`], status: 431 },
  'an address of 20 kB': { send: [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: mock\r\n\r\n`], status: 431 },
};

test.each(Object.entries(SHAPES))('%s: refused, and nothing behind it is taken for a request', async (_name, shape) => {
  const { mock, of, login } = await stage();
  const answer = await raw(mock.loginUrl, ...shape.send);
  expect(statuses(answer)).toEqual([shape.status]);
  expect(of('request').filter(({ path }) => path.endsWith('success'))).toEqual([]);
  // What was read no further than its head has no request line in history: a note stands for it.
  if (of('request').length === 0)
    expect(
      of('note')
        .map(({ text }) => text)
        .join(),
    ).toContain(`refused unread: ${String(shape.status)}`);
  await expect(login()).resolves.toHaveProperty('refresh_token');
});

const BODIES: Readonly<Record<string, { readonly headers: string; readonly body: Buffer; readonly status: number }>> = {
  'a body of 2 MB': { headers: FORM, body: Buffer.alloc(2_000_000, 'a'), status: 413 },
  'a kilobyte that unpacks to 64 MB': {
    headers: `${FORM}Content-Encoding: gzip\r\n`,
    body: gzipSync(Buffer.alloc(64 * 1024 * 1024)),
    status: 413,
  },
  'gzip that is none': { headers: `${FORM}Content-Encoding: gzip\r\n`, body: Buffer.from('no gzip'), status: 400 },
  'an unknown encoding': { headers: `${FORM}Content-Encoding: zstd\r\n`, body: Buffer.from('a=b'), status: 415 },
  'JSON, 100,000 deep': {
    headers: 'Content-Type: application/json\r\n',
    body: Buffer.from('['.repeat(100_000)),
    status: 400,
  },
  '10,000 parameters': { headers: FORM, body: Buffer.from('a=b&'.repeat(10_000)), status: 400 },
};

test.each(Object.entries(BODIES))(
  '%s: answered, recorded, and small in history',
  async (_name, { headers, body, status }) => {
    const { mock, events, of } = await stage();
    const head = `${HEAD}${close}${headers}Content-Length: ${String(body.length)}\r\n\r\n`;
    expect(statuses(await raw(mock.loginUrl, head, body))).toEqual([status]);
    expect(of('request')).toHaveLength(1);
    expect(JSON.stringify(events).length).toBeLessThan(200_000);
  },
);

test.each([
  '//evil.example/x',
  '/%00',
  '/%',
  '/%zz?%',
  '/../../etc/passwd',
  '/\\',
  '*',
  'http://evil.example/',
  'http://[]0',
  'http://[',
  'x:y',
  '?a',
  '/?a[__proto__]=1',
  '/%F0%9F',
])('the address %j is answered, never with a fault of the mock', async (address) => {
  const { mock, of } = await stage();
  for (const method of ['GET', 'POST', 'OPTIONS']) {
    const [status] = statuses(
      await raw(mock.instanceUrl, `${method} ${address} HTTP/1.1\r\nHost: mock\r\n${close}\r\n`),
    );
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
  }
  expect(of('note').filter(({ harnessFault }) => harnessFault)).toEqual([]);
});

test('connections that say nothing or stop in the middle hinder nobody, and end with the mock', async () => {
  const { mock, login, refresh } = await stage();
  const silent = Array.from({ length: 50 }, (_, at) => {
    const socket = connect(Number(new URL(mock.loginUrl).port), '127.0.0.1').on('error', () => undefined);
    if (at % 2 === 0) socket.write(`${HEAD}${FORM}Content-Length: 100\r\n\r\ngrant_type=`);
    return socket;
  });
  await Promise.all(silent.map((socket) => once(socket, 'connect', { signal: AbortSignal.timeout(50_000) })));
  const { refresh_token } = await login();
  expect((await refresh(refresh_token)).status).toBe(200);
  const closed = silent.map((socket) => once(socket, 'close', { signal: AbortSignal.timeout(50_000) }));
  await mock.close();
  await Promise.all(closed);
});

test('1,000 refreshes of one token at once: one rotation, everybody answered, all recorded', async () => {
  const { mock, of, login } = await stage();
  const { refresh_token } = await login();
  const before = of('request').length;
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: '3MVG9mockClient.of_the_tests',
    refresh_token,
  }).toString();
  const head = `${HEAD}${close}${FORM}Content-Length: ${String(body.length)}\r\n\r\n${body}`;
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => raw(mock.loginUrl, head)));
  expect(answers.filter((answer) => statuses(answer)[0] === 200).length).toBeLessThanOrEqual(1);
  expect(answers.every((answer) => statuses(answer).length === 1)).toBe(true);
  expect(of('request').length - before).toBe(1_000);
  expect(of('rotation').filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1);
});
