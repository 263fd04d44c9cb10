/** What a real browser does that one without a screen does not: scripts, tabs, storages, consoles, crashes. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whyNoChromium } from '../../test-kit/chromium.ts';
import { browserSchema } from './config.ts';
import { createDriver } from './create.ts';
import type { ClientSession, SessionContext } from './driver.ts';
import { startAuthorizationServer, type AuthorizationServer } from './fixtures/authorization-server.ts';
import { newHistory, type TestHistory } from './fixtures/recorder.ts';

const noChromium = await whyNoChromium();

let server: AuthorizationServer;
let history: TestHistory;
let closers: (() => unknown)[];

beforeEach(async () => {
  server = await startAuthorizationServer();
  closers = [];
});
afterEach(async () => {
  for (const close of closers) await close();
  await server.close();
});

type Pages = Readonly<Record<string, string>>;

/** Pages of an application at an address of its own; requests that it got, in order. */
async function application(pages: Pages): Promise<{ readonly origin: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(`${pathname} ${[...searchParams.keys()].join()}`.trim());
    if ('x-sf-conformance-browser' in request.headers) asked.push('the key of the harness');
    const page = pages[pathname];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(page);
  };
  const app = createServer(answer).listen(0, 'localhost');
  await once(app, 'listening');
  closers.push(() => {
    app.closeAllConnections();
    app.close();
  });
  return { origin: `http://localhost:${(app.address() as AddressInfo).port}`, asked };
}

interface Options extends Partial<SessionContext> {
  readonly pages: Pages;
  readonly driver?: object;
}

/** `LOGIN` in a page stands for the authorization URL. */
async function begin({ pages, driver = {}, ...more }: Options) {
  const { origin, asked } = await application(
    new Proxy(pages, { get: (all, path: string) => all[path]?.replaceAll('LOGIN', login()) }),
  );
  const login = (): string =>
    `${server.loginUrl}/services/oauth2/authorize?state=s&redirect_uri=${encodeURIComponent(`${origin}/callback`)}`;
  history = newHistory(server, { redirectUris: [`${origin}/callback`], ...more });
  const config = browserSchema.parse({
    type: 'browser',
    baseUrl: origin,
    authorize: { goto: '/', click: 'text=Connect', waitFor: 'text=Here I am', failsOn: 'text=Sorry' },
    call: { click: 'text=Call' },
    ...driver,
  });
  const session: ClientSession = await createDriver(config, { configDir: '.' }).begin(history.context);
  closers.unshift(() => session.end());
  return { session, main: session.main, origin, asked };
}

const connect = '<button onclick="location.href = \'LOGIN\'">Connect</button>';
const here = '<p>Here I am</p>';

describe.skipIf(noChromium !== undefined)(`a real browser${noChromium === undefined ? '' : ` (${noChromium})`}`, () => {
  test('only navigations to the mock carry the harness’s key; the page’s own requests are the client’s', async () => {
    const { main, asked } = await begin({
      pages: {
        '/': connect,
        '/callback': `${here}<script>fetch('${server.loginUrl}/signed-in', {mode:'no-cors'})</script>`,
      },
    });
    expect(await main.authorize()).toMatchObject({ result: 'ok', opened: true, redirected: true, delivered: true });
    expect(server.browsed).toEqual(['U1 /services/oauth2/authorize', 'U1 /signed-in']);
    expect(asked).not.toContain('the key of the harness');
    expect(history.of('visit').map(({ step }) => step)).toEqual(['opened', 'callback', 'page', 'page']);
    expect(history.of('visit').at(-1)).toMatchObject({ exposed: true });
    expect(history.of('visit').every(({ url }) => !url.includes('?'))).toBe(true);
    expect(history.of('process-begin')).toEqual([
      expect.objectContaining({ browser: expect.stringMatching(/^Chromium \d+\./) }),
    ]);
  });

  test('the scenario changes callbacks, repeats them, and keeps them', async () => {
    const { main, asked } = await begin({ pages: { '/': connect, '/callback': here } });
    const opened: string[] = [];
    const changed = await main.authorize({
      onOpen: async (url) => void opened.push(url),
      onCallback: async (url) => ({ urls: [url.replace('code=', 'coda='), `${url}&twice=1`], tampered: 'altered' }),
    });
    expect(changed).toMatchObject({ result: 'ok', delivered: true });
    expect(opened).toEqual([expect.stringContaining('/services/oauth2/authorize?state=s')]);
    const callbacks = asked.filter((one) => one.startsWith('/callback'));
    expect(callbacks).toEqual(['/callback coda,state', '/callback code,state,twice']);
    expect(history.of('visit').filter(({ tampered }) => tampered === 'altered')).toHaveLength(2);

    const kept = await main.authorize({ onCallback: async () => ({ urls: [] }) });
    expect(kept).toMatchObject({ result: 'failed', redirected: true });
    expect(kept).not.toHaveProperty('delivered');
    expect(asked.filter((one) => one.startsWith('/callback'))).toHaveLength(2);

    const lost = await main.authorize({ onCallback: async () => ({ urls: ['http://127.0.0.1:9/callback?code=1'] }) });
    expect(lost).toMatchObject({
      result: 'failed',
      delivered: false,
      undelivered: expect.stringContaining('nothing listens'),
    });
    await expect(main.authorize({ onCallback: () => Promise.reject(new Error('mine')) })).rejects.toThrow('mine');
  });

  test('logins that fail, and one that was not asked for', async () => {
    const { main } = await begin({
      pages: {
        '/': `${connect}<button onclick="location.href = 'LOGIN'">Call</button>`,
        '/callback': '<p>Sorry, no</p>',
      },
      driver: { call: { click: 'text=Call', waitFor: 'text=never' } },
    });
    expect(await main.call()).toMatchObject({ result: 'failed', reauthorize: true });
    expect(server.browsed).toEqual([]);
    expect(await main.authorize()).toMatchObject({ result: 'failed', error: 'Sorry, no', delivered: true });
    server.answer = 'page';
    const refused = await main.authorize();
    expect(refused).toMatchObject({ result: 'failed', opened: true, redirected: false });
    expect(refused.error).toContain('status 400: error=redirect_uri_mismatch');
    server.answer = 'elsewhere';
    expect(await main.authorize()).toMatchObject({ result: 'failed', redirected: false });
    expect(history.of('visit').at(-1)).toMatchObject({ url: 'https://example.invalid/somewhere' });
  });

  test('nothing leaves for anywhere else; what pages say and keep is evidence', async () => {
    const script = `
      console.warn('my token is top-secret-value');
      localStorage.setItem('kept', 'top-secret-value');
      sessionStorage.setItem('of-the-tab', JSON.stringify({ token: 'top-secret-value' }));
      document.cookie = 'pot=top-secret-value; SameSite=Strict';
      localStorage.setItem('harmless', 'yes');
      fetch('http://192.0.2.1/spy?x=1').catch(() => fetch('http://example.com/spy').catch(() => document.title = 'alone'));
      setTimeout(() => { throw new Error('on purpose') });`;
    const { session, main } = await begin({
      pages: { '/': `<script>${script}</script>` },
      driver: {
        call: async (page: Page) => page.waitForFunction("document.title === 'alone'").then(() => ({ status: 204 })),
      },
    });
    expect(await main.call()).toEqual({ result: 'ok', status: 204 });
    expect(history.of('visit').map(({ url, detail }) => `${url} ${detail ?? ''}`)).toEqual([
      'http://192.0.2.1/spy the harness does not go there',
      'http://example.com/spy the harness does not go there',
    ]);
    await session.end();
    const lines = history.lines().join('\n');
    expect(lines).toContain('console.warning: my token is SECRET');
    expect(lines).toContain('uncaught Error: on purpose');
    const [look] = history.of('storage');
    expect(look!.entries.map(({ area, name, holds }) => `${area} ${name} ${holds.join()}`)).toEqual([
      'cookie pot SECRET',
      'local-storage kept SECRET',
      'session-storage of-the-tab SECRET',
    ]);
    expect(look!.entries[0]).toMatchObject({ httpOnly: false, secure: false, sameSite: 'Strict', origin: 'localhost' });
    expect(JSON.stringify(history.events)).not.toContain('top-secret-value');
  });

  test('tabs share a storage, users do not; there are no more tabs than declared', async () => {
    const { session, main } = await begin({
      pages: { '/': '<script>document.title = localStorage.visits = 1 + Number(localStorage.visits ?? 0)</script>' },
      driver: { call: async (page: Page) => ({ error: await page.title() }), tabs: 2 },
    });
    expect(await main.call()).toMatchObject({ error: '1' });
    const tab = await session.spawn();
    expect(tab).toMatchObject({ user: main.user });
    expect(tab!.id).not.toBe(main.id);
    expect(await tab!.call()).toMatchObject({ error: '2' });
    expect(await session.spawn()).toBeUndefined();
    const other = await session.another();
    expect(other!.user).not.toBe(main.user);
    expect(await other!.call()).toMatchObject({ error: '1' });
  });

  test('a window of its own for the login; a page that hangs; a page that crashes', async () => {
    const popup = `<button onclick="window.open('LOGIN')">Connect</button>
      <script>addEventListener('storage', () => document.body.append('Here I am'))</script>`;
    const { main } = await begin({
      pages: { '/': popup, '/callback': '<script>localStorage.done = 1; window.close()</script>' },
      driver: {
        call: { waitFor: 'text=never shown' },
        status: async (page: Page) => (await page.context().newCDPSession(page)).send('Page.crash'),
      },
    });
    expect(await main.authorize()).toMatchObject({ result: 'ok', opened: true, redirected: true, delivered: true });
    const crash = { result: 'died', error: 'the page has crashed' };
    const [hangs, crashed] = await Promise.all([main.call(), main.status()]);
    expect(crashed).toMatchObject(crash);
    expect(hangs).toMatchObject(crash);
    expect(await main.call()).toMatchObject(crash);
    expect(history.of('process-end').map(({ process, expected }) => [process, expected])).toEqual([[main.id, false]]);
  });

  test('what a script makes of the callback: markup of it in the page, and its address', async () => {
    const script = `document.body.innerHTML = new URLSearchParams(location.search).get('error_description') ?? '';
      history.replaceState(null, '', '/'); document.body.append('Here I am');`;
    const { main } = await begin({ pages: { '/': connect, '/callback': `<body><script>${script}</script>` } });
    const steps = { onCallback: async (url: string) => ({ urls: [`${url}&error_description=<b>no</b>`] }) };
    expect(await main.authorize(steps)).toMatchObject({ result: 'ok' });
    const [served, made] = history.of('visit').filter(({ step }) => step === 'page');
    expect(served).toMatchObject({ markup: [], status: 200 });
    expect(made).toMatchObject({ markup: ['error_description'], exposed: false });
  });

  test('what never shows is late', async () => {
    const { main } = await begin({
      pages: { '/': connect },
      driver: { call: { waitFor: 'text=never shown' }, status: { waitFor: 'text=never shown' } },
      timeoutMs: 18_000,
    });
    // A state is asked for with a sixth of the timeoutPolicy of other actions.
    expect(await main.status()).toEqual({ result: 'ok', connected: false });
    history.waitMs = 500;
    expect(await main.call()).toMatchObject({ result: 'timed-out' });
    expect(await main.refresh()).toEqual({ result: 'unsupported' });
    expect(await main.restart()).toEqual({ result: 'unsupported' });
  });
});
