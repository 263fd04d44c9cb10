import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';
import { createFeed, startManagement } from '../management/management.ts';

const ROWS = 1_800;
const QUERY = '/services/data/v67.0/query?q=SELECT+FIELDS(ALL)+FROM+Account';

/** A mock whose one query is answered by more than a megabyte. */
async function large() {
  const fixtures = mkdtempSync(join(tmpdir(), 'rows-'));
  onTestFinished(() => {
    rmSync(fixtures, { recursive: true });
  });
  const rows = Array.from({ length: ROWS }, (_, at) => ({ Name: `A${String(at)}`, Text__c: 'x'.repeat(500) }));
  writeFileSync(join(fixtures, 'Account.json'), JSON.stringify(rows));
  const one = await stage({ fixtures });
  const { access_token } = await one.login();
  const head = (path = QUERY) => `GET ${path} HTTP/1.1\r\nHost: mock\r\nAuthorization: Bearer ${access_token}\r\n`;
  return { ...one, head };
}

async function open(origin: string): Promise<Socket> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1').on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect', { signal: AbortSignal.timeout(50_000) });
  return socket;
}

/** Everything until the other side closes. */
async function rest(socket: Socket, onData: () => void = () => undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    onData();
  });
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(50_000) });
  socket.resume();
  await closed;
  return Buffer.concat(chunks);
}

test('a client that reads its answer in small pieces gets the whole of it, and does no harm', async () => {
  const { mock, of, head, login, refresh } = await large();
  const socket = await open(mock.instanceUrl);
  socket.pause().write(`${head()}Connection: close\r\n\r\n`);
  const { refresh_token } = await login();
  expect((await refresh(refresh_token)).status).toBe(200);
  // A pause after each piece.
  const answer = await rest(socket, () => {
    socket.pause();
    setImmediate(() => socket.resume());
  });
  const body = answer.subarray(answer.indexOf('\r\n\r\n') + 4).toString('utf8');
  expect(body.length).toBeGreaterThan(1_000_000);
  expect(JSON.parse(body)).toMatchObject({ totalSize: ROWS, done: true });
  await expect.poll(() => of('response').find(({ endpoint }) => endpoint === 'resource')?.delivered).toBe('complete');
});

test('a client that asks and asks and never reads: what waits for it is bounded, and ends with it', async () => {
  const { mock, of, head, login } = await large();
  const socket = await open(mock.instanceUrl);
  socket.pause().write(`${head()}\r\n`.repeat(400));
  const asked = () => of('request').filter(({ endpoint }) => endpoint === 'resource').length;
  await expect.poll(asked).toBeGreaterThan(0);
  await expect(login()).resolves.toHaveProperty('refresh_token');
  expect(asked()).toBeLessThanOrEqual(16);
  expect(
    of('note')
      .map(({ text }) => text)
      .join(),
  ).toContain('503 (TOO_MANY_AT_ONCE)');
  socket.destroy();
  await expect.poll(() => mock.open).toBe(0);
  expect(of('note').filter(({ harnessFault }) => harnessFault)).toEqual([]);
});

test('twenty clients that never read end with the mock', async () => {
  const { mock, head } = await large();
  const sockets = await Promise.all(Array.from({ length: 20 }, () => open(mock.instanceUrl)));
  for (const socket of sockets) socket.pause().write(`${head()}\r\n`.repeat(8));
  await expect.poll(() => mock.open).toBeGreaterThan(0);
  // It would hang for as long as they do not read.
  await mock.close();
});

test('a reader of events that never reads is dropped, and no other is', async () => {
  const { mock } = await stage();
  const feed = createFeed();
  const port = await startManagement({ mock, feed });
  onTestFinished(() => port.close());
  const ask = `GET /events HTTP/1.1\r\nHost: ${new URL(port.origin).host}\r\nAuthorization: Bearer ${port.token}\r\n\r\n`;
  const slow = await open(port.origin);
  slow.pause().write(ask);
  const quick = await open(port.origin);
  let read = 0;
  quick.on('data', (chunk: Buffer) => (read += chunk.length)).write(ask);
  await expect.poll(() => read).toBeGreaterThan(0);
  const text = 'x'.repeat(20_000);
  let seq = 0;
  for (let round = 0; round < 60; round += 1) {
    // As events come: some at once, then who reads has read them.
    for (let count = 0; count < 50; count += 1) {
      seq += 1;
      feed.push({ seq, t: seq, scenario: '', kind: 'note', text, prev: '' });
    }
    await expect.poll(() => read, { interval: 1 }).toBeGreaterThan(seq * text.length);
  }
  const got = await rest(slow);
  expect(got.length).toBeLessThan(20_000_000);
  expect(read).toBeGreaterThan(60_000_000);
  expect(quick.destroyed).toBe(false);
});
