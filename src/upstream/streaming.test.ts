import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
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

test('a body of 32 MiB goes up and comes back byte for byte, on a connection that is kept', async () => {
  const sockets = new Set<unknown>();
  const org = await serverOf((request, response) => {
    sockets.add(request.socket);
    response.writeHead(200, { 'Content-Type': 'text/csv' });
    request.pipe(response);
  });
  const { upstream, of } = await startRecorder([org]);
  const big = randomBytes(32 * 1024 * 1024);
  for (const body of [big, Buffer.from('Name\nAnn\n'), big]) {
    const response = await fetch(`${upstream.loginUrl}/services/data/v60.0/jobs/ingest/7/batches`, {
      method: 'PUT',
      body,
    });
    expect(await digestOf(response.body as unknown as AsyncIterable<Buffer>)).toBe(await digestOf([body] as never));
  }
  expect(sockets.size).toBe(1);
  expect(of('request').map(({ bodyBytes }) => bodyBytes)).toEqual([big.length, 9, big.length]);
  expect(of('response').map(({ delivered }) => delivered)).toEqual(['complete', 'complete', 'complete']);
});

test('more than 64 MiB is refused before anything is sent', async () => {
  let asked = 0;
  const org = await serverOf((request, response) => {
    asked += 1;
    request.resume();
    response.end();
  });
  const { upstream } = await startRecorder([org]);
  const body = Buffer.alloc(64 * 1024 * 1024 + 1);
  const sent = await fetch(`${upstream.loginUrl}/services/data/v60.0/x`, { method: 'POST', body }).then(
    ({ status }) => status,
    () => 413,
  );
  expect([sent, asked]).toEqual([413, 0]);
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
