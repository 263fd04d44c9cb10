/** Error answers with an empty body: Chrome shows a page of its own for them, the headless shell does not. The driver treats both alike. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { browserSchema, type PageAction } from '../config.ts';
import { createDriver } from '../create.ts';
import type { ClientProcess } from '../driver.ts';
import { startAuthorizationServer, type AuthorizationServer } from '../fixtures/authorization-server.ts';
import { newHistory } from '../fixtures/recorder.ts';
import { whyNoChromium } from '../../../test-kit/chromium.ts';

const noChromium = await whyNoChromium();

let server: AuthorizationServer;
let closers: (() => unknown)[];
beforeEach(async () => {
  server = await startAuthorizationServer();
  closers = [];
});
afterEach(async () => {
  for (const close of closers) await close();
  await server.close();
});

type Pages = Readonly<Record<string, (response: ServerResponse) => void>>;

async function begin(
  pages: Pages,
  actions: Readonly<Record<string, PageAction | ((page: Page) => Promise<unknown>)>>,
): Promise<ClientProcess> {
  const app = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://localhost').pathname];
    if (page === undefined) response.writeHead(404, { 'content-length': 0 }).end();
    else page(response);
  }).listen(0, 'localhost');
  await once(app, 'listening');
  const origin = `http://localhost:${String((app.address() as AddressInfo).port)}`;
  const login = `${server.loginUrl}/services/oauth2/authorize?state=s&redirect_uri=${encodeURIComponent(`${origin}/callback`)}`;
  const { context } = newHistory(server, { redirectUris: [`${origin}/callback`] });
  const config = browserSchema.parse({
    type: 'browser',
    baseUrl: origin,
    authorize: (page: Page) => page.goto(login).then(() => undefined),
    call: (page: Page) => page.title().then(() => undefined),
    ...actions,
  });
  const session = await createDriver(config, { configDir: '.' }).begin(context);
  closers.push(
    () => session.end(),
    () => {
      app.closeAllConnections();
      app.close();
    },
  );
  return session.main;
}

const empty =
  (status: number, headers: Readonly<Record<string, string>> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end();
const text = (html: string) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end(html);

describe.skipIf(noChromium !== undefined)(`answers with an error status and nothing in it`, () => {
  test.each([404, 401, 500, 503])('a start page with %d opens, and what runs in it runs', async (status) => {
    const main = await begin(
      { '/': empty(status, { 'set-cookie': 'kept=1' }), '/api': text('fine') },
      {
        call: async (page: Page) => ({
          status: await page.evaluate(() => fetch('/api').then((answer) => answer.status)),
          error: await page.evaluate(() => document.cookie),
        }),
      },
    );
    expect(await main.call()).toMatchObject({ status: 200, error: 'kept=1' });
  });

  test('a page that is reached by a redirect, and one whose length is not given', async () => {
    const main = await begin(
      {
        '/': empty(302, { location: '/gone' }),
        '/gone': (response) => void response.writeHead(410, { 'transfer-encoding': 'chunked' }).end(),
      },
      { call: async (page: Page) => ({ status: (await page.goto('/'))?.status() ?? 0, error: page.url() }) },
    );
    expect(await main.call()).toMatchObject({ status: 410, error: expect.stringMatching(/\/gone$/) });
  });

  test('a frame within a page', async () => {
    const main = await begin(
      { '/': text('<iframe src="/none"></iframe>'), '/none': empty(403) },
      {
        call: async (page: Page) => ({
          error: page
            .frames()
            .map((frame) => new URL(frame.url()).pathname)
            .join(' '),
        }),
      },
    );
    expect(await main.call()).toMatchObject({ error: '/ /none' });
  });

  test.each([400, 500])(
    'a callback that is answered with %d is a login that failed with that status',
    async (status) => {
      const main = await begin({ '/callback': empty(status) }, {});
      expect(await main.authorize()).toMatchObject({ result: 'failed', delivered: true, status });
    },
  );

  test('the status of an action is the one of the application, not an error of the browser', async () => {
    const main = await begin({ '/': text('hello'), '/call': empty(401) }, { call: { goto: '/call' } });
    const answer = await main.call();
    expect(JSON.stringify(answer)).not.toContain('ERR_HTTP_RESPONSE_CODE_FAILURE');
  });
});
