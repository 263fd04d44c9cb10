import { createHash } from 'node:crypto';
import { createServer, request, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { stage } from '../../mock-server/fixtures/stage.ts';
import { startRecorder } from './fixtures/through.ts';
import { TIMEOUTS } from './forward.ts';

async function serverOf(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const digestOf = async (request: AsyncIterable<Buffer>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of request) hash.update(chunk);
  return hash.digest('hex');
};

const LIMIT = 64 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, 'x');

/** Sends a body in pieces, as fast as it is taken. @param announced as `Content-Length`; otherwise in chunks */
function upload(url: string, bytes: number, announced: boolean) {
  let sent = 0;
  const headers = announced ? { 'Content-Length': String(bytes) } : {};
  const outgoing = request(`${url}/services/data/v60.0/jobs/ingest/7/batches`, { method: 'PUT', headers });
  const pieces = function* (): Generator<Buffer> {
    for (; sent < bytes; sent += PIECE.length) yield PIECE.subarray(0, bytes - sent);
  };
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve).on('error', reject);
  });
  return { outgoing, answered, send: () => Readable.from(pieces()).pipe(outgoing), sent: () => Math.min(sent, bytes) };
}

test('a body of exactly 64 MiB goes up and comes back byte for byte while it arrives, on a connection that is kept', async () => {
  const sockets = new Set<unknown>();
  let received = 0;
  let most = 0;
  let sent = (): number => 0;
  const org = await serverOf((incoming, response) => {
    sockets.add(incoming.socket);
    response.writeHead(200, { 'Content-Type': 'text/csv' });
    incoming.on('data', (chunk: Buffer) => {
      received += chunk.length;
      most = Math.max(most, sent() - received);
    });
    incoming.pipe(response);
  });
  const { upstream, of } = await startRecorder([org]);
  for (const [bytes, announced] of [
    [LIMIT, true],
    [9, true],
    [LIMIT, false],
  ] as const) {
    received = 0;
    const one = upload(upstream.loginUrl, bytes, announced);
    ({ sent } = one);
    one.send();
    const hash = createHash('sha256');
    for (let left = bytes; left > 0; left -= PIECE.length) hash.update(PIECE.subarray(0, left));
    const answer = await one.answered;
    expect([answer.statusCode, await digestOf(answer)]).toEqual([200, hash.digest('hex')]);
  }
  expect(sockets.size).toBe(1);
  // What is on its way lies in the buffers of four sockets, and never as a whole in the recorder.
  expect(most).toBeLessThan(LIMIT / 2);
  expect(of('request').map(({ bodyBytes }) => bodyBytes)).toEqual([LIMIT, 9, expect.any(Number)]);
  expect(of('response').map(({ delivered }) => delivered)).toEqual(['complete', 'complete', 'complete']);
});

test('one byte more than 64 MiB is refused: before anything is sent where it was announced, and without an end to the org where not', async () => {
  const ends: string[] = [];
  const org = await serverOf((incoming) => {
    incoming
      .on('end', () => ends.push('whole'))
      .on('error', () => ends.push('broken off'))
      .resume();
  });
  const { upstream, of } = await startRecorder([org]);
  const announced = upload(upstream.loginUrl, LIMIT + 1, true);
  announced.outgoing.flushHeaders();
  announced.outgoing.write(PIECE);
  expect((await announced.answered).statusCode).toBe(413);
  announced.outgoing.destroy();
  expect(ends).toEqual([]);
  const unknown = upload(upstream.loginUrl, LIMIT + 1, false);
  unknown.send();
  expect((await unknown.answered).statusCode).toBe(413);
  await expect.poll(() => ends).toEqual(['broken off']);
  expect(of('response').map(({ status, fault }) => [status, fault])).toEqual([
    [413, undefined],
    [413, undefined],
  ]);
});

test('headers are those of a gateway: Host, Via, cookies, and nothing of one connection', async () => {
  let seen: IncomingMessage['headers'] = {};
  const org = await serverOf((request, response) => {
    seen = request.headers;
    response.writeHead(302, {
      'Set-Cookie': 'sid=one; Domain=.salesforce.com; Path=/; Secure; HttpOnly',
      'Strict-Transport-Security': 'max-age=1',
      Location: `${org}/services/data/v60.0/y`,
    });
    response.end();
  });
  const { upstream } = await startRecorder([org]);
  const response = await fetch(`${upstream.loginUrl}/services/data/v60.0/x`, {
    redirect: 'manual',
    headers: {
      ...{ cookie: 'sf-org-sid=two; theme=dark', 'x-forwarded-for': '10.0.0.7', forwarded: 'for=10.0.0.7' },
      ...{ 'accept-encoding': 'gzip', origin: upstream.loginUrl, 'x-mine': 'kept' },
    },
  });
  expect(seen).toMatchObject({
    host: new URL(org).host,
    via: '1.1 sf-conformance',
    cookie: 'sid=two',
    'x-mine': 'kept',
  });
  expect(seen).toMatchObject({ 'accept-encoding': 'identity', origin: org });
  expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['x-forwarded-for']));
  expect(seen.forwarded).toBeUndefined();
  expect(response.headers.getSetCookie()).toEqual(['sf-org-sid=one; Path=/; HttpOnly']);
  expect(response.headers.get('strict-transport-security')).toBeNull();
  expect(response.headers.get('location')).toBe(`${upstream.instanceUrl}/services/data/v60.0/y`);
});

test('an org that does not answer in time, or is not there, is a 502 that is not the client’s doing', async () => {
  const silent = await serverOf((request) => {
    request.resume();
  });
  const { upstream, of } = await startRecorder([silent], { timeouts: { ...TIMEOUTS, headersMs: 50 } });
  const late = await fetch(`${upstream.loginUrl}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'r' }),
  });
  expect(late.status).toBe(502);
  expect(of('response').at(-1)).toMatchObject({ fault: 'no-answer-from-org' });
  const gone = await startRecorder(['http://127.0.0.1:9']);
  expect((await fetch(`${gone.upstream.loginUrl}/services/data/`)).status).toBe(502);
});

test('a certificate that no authority vouches for is refused, also where the environment says otherwise', async () => {
  const { mock, of } = await stage({ tls: true });
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { upstream } = await startRecorder([mock.loginUrl]);
  expect((await fetch(`${upstream.loginUrl}/services/data/`)).status).toBe(502);
  expect(of('request')).toEqual([]);
});

test('several instances get an origin each, and each goes to its own; a host that is not named is left alone', async () => {
  const [one, two] = await Promise.all(
    ['one', 'two'].map((name) => serverOf((_request, response) => void response.end(JSON.stringify({ name })))),
  );
  let next = one;
  const login = await serverOf((_request, response) => {
    const fields = { access_token: `AT ${String(next)}`, instance_url: next, id: `${next ?? ''}/id/1/2` };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(fields));
  });
  const { upstream, said } = await startRecorder([login]);
  const instanceOf = async (url: string | undefined): Promise<string> => {
    next = url;
    const answer = await fetch(`${upstream.loginUrl}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'authorization_code', code: 'c' }),
    });
    return ((await answer.json()) as { instance_url: string }).instance_url;
  };
  const [first, second] = [await instanceOf(one), await instanceOf(two)];
  expect(new Set([first, second, upstream.loginUrl]).size).toBe(3);
  expect(await instanceOf(one)).toBe(first);
  const ask = async (base: string): Promise<unknown> => (await fetch(`${base}/services/data/`)).json();
  expect([await ask(first), await ask(second)]).toEqual([{ name: 'one' }, { name: 'two' }]);
  expect(await instanceOf('https://elsewhere.my.salesforce.com')).toBe('https://elsewhere.my.salesforce.com');
  expect(said.join()).toContain('elsewhere.my.salesforce.com');
});
