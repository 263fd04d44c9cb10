import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openBrowser, type Browser } from './browser.ts';
import type { Fetched } from './fetch.ts';

/** Makes certificates; not on every machine. */
const openssl = 'openssl';
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(answer))}`;
}

async function browse(loginUrl: string, env: Record<string, string> = {}): Promise<Browser> {
  const browser = await openBrowser({ loginUrl, browserKey: 'the key', env }, { user: 'U7' });
  closers.push(() => browser.close());
  return browser;
}

const get = (browser: Browser, url: string, timeoutMs = 30_000): Promise<Fetched> =>
  browser.fetch({ url: new URL(url), method: 'GET', headers: {} }, { timeoutMs });

test('the mock and an application on the same machine keep their cookies apart', async () => {
  const seen: string[] = [];
  const answer = (name: string) => (request: IncomingMessage, response: ServerResponse) => {
    seen.push(`${name} ${request.headers.cookie ?? '-'} ${String(request.headers['x-sf-conformance-browser'])}`);
    response.writeHead(200, { 'set-cookie': `sid=${name}; Path=/; Secure` }).end();
  };
  const [mock, application] = [await serve(answer('mock')), await serve(answer('application'))];
  const browser = await browse(mock);
  for (const url of [mock, application, mock, application]) await get(browser, url);
  expect(seen).toEqual([
    'mock - the key;user=U7',
    'application - undefined',
    'mock sid=mock the key;user=U7',
    'application sid=application undefined',
  ]);
});

test('it says what kept it from an answer', async () => {
  const hangs = await serve(() => undefined);
  const breaks = await serve((request) => request.socket.destroy());
  const browser = await browse(hangs);
  expect(await get(browser, 'http://127.0.0.1:9/')).toMatchObject({ kind: 'refused' });
  expect(await get(browser, 'http://does-not-exist.invalid/')).toMatchObject({ kind: 'unreachable' });
  expect(await get(browser, breaks)).toMatchObject({ kind: 'closed' });
  expect(await get(browser, hangs, 200)).toMatchObject({ kind: 'closed' });
  expect(await get(browser, 'http://%ff:%zz@127.0.0.1:9/')).toMatchObject({ kind: expect.not.stringMatching('page') });
  const signal = AbortSignal.timeout(100);
  const ask = { url: new URL(hangs), method: 'GET', headers: {} };
  expect(await browser.fetch(ask, { timeoutMs: 30_000, signal })).toMatchObject({ kind: 'aborted' });
});

test('a status is an answer even when the body breaks off, and cookies that are none are left out', async () => {
  const url = await serve((request, response) => {
    response.writeHead(302, {
      location: '/next',
      'content-length': '10',
      'set-cookie': ['=;;', 'a=1; Domain=other.example'],
    });
    response.write('half');
    setImmediate(() => request.socket.destroy());
  });
  const browser = await browse(url);
  expect(await get(browser, url)).toMatchObject({ kind: 'page', status: 302, location: '/next' });
});

test('where it goes', async () => {
  const browser = await browse('https://mock.example:8443');
  const may = (url: string): boolean => browser.mayVisit(new URL(url));
  expect(may('https://mock.example:8443/a')).toBe(true);
  expect(may('http://localhost:1/')).toBe(true);
  expect(may('https://mock.example/')).toBe(false);
  expect(may('https://login.salesforce.com/')).toBe(false);
  expect(may('file:///etc/passwd')).toBe(false);
  expect(may('myapp://cb')).toBe(false);
});

describe.skipIf(spawnSync(openssl, ['version']).status !== 0)('TLS', () => {
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];

  async function secure(): Promise<{ readonly url: string; readonly certificate: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-test-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const out = ['-keyout', key, '-out', certificate];
    execFileSync(openssl, ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...out], {
      stdio: 'ignore',
    });
    const options = { key: readFileSync(key), cert: readFileSync(certificate) };
    const port = await listen(createTlsServer(options, (_, response) => response.end('hello')));
    return { url: `https://127.0.0.1:${port}`, certificate };
  }

  test('the mock’s own authority is trusted, and no other', async () => {
    const { url, certificate } = await secure();
    expect(await get(await browse(url, { NODE_EXTRA_CA_CERTS: certificate }), url)).toMatchObject({ status: 200 });
    expect(await get(await browse(url), url)).toMatchObject({ kind: 'unreachable' });
  });

  test('the client’s own listener on this machine may have a certificate of its own making', async () => {
    const { url } = await secure();
    expect(await get(await browse('http://127.0.0.1:9'), url)).toMatchObject({ kind: 'page', status: 200 });
  });
});
