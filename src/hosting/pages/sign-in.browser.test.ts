/** Sign-in by OpenID Connect in a real browser, at an issuer that oidc-provider plays. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from '@playwright/test';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../../test-kit/free-port.ts';
import { launchBrowser } from '../../../test-kit/chromium.ts';
import { startHosted, type Hosted } from '../hosted.test-support.ts';

const CLIENT = { client_id: 'service', client_secret: 'a-secret-of-the-service' };
/** Accounts of the issuer, by subject. */
const ACCOUNTS: Readonly<Record<string, { readonly email: string; readonly email_verified: boolean }>> = {
  ada: { email: 'Ada@acme.example', email_verified: true },
  bob: { email: 'bob@acme.example', email_verified: false },
  eve: { email: 'eve@elsewhere.example', email_verified: true },
};
let browser: Browser;
let hosted: Hosted;
let close: () => void;
/** Who sits at the browser. */
let person = 'ada';

beforeAll(async () => {
  const port = await freePort();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [`http://127.0.0.1:${String(port)}/sign-in/callback`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['key'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...ACCOUNTS[sub] }) }),
    interactions: { url: () => '/interaction' },
    pkce: { required: () => true },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url !== '/interaction') {
      void answer(request, response);
      return;
    }
    void (async () => {
      const grant = new provider.Grant({ accountId: person, clientId: CLIENT.client_id });
      grant.addOIDCScope('openid email');
      const result = { login: { accountId: person }, consent: { grantId: await grant.save() } };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    })();
  });
  close = () => {
    server.close();
    server.closeAllConnections();
  };
  const openId = { issuer: new URL(issuer), clientId: CLIENT.client_id, clientSecret: CLIENT.client_secret };
  [browser, hosted] = await Promise.all([launchBrowser(), startHosted({ port, openId })]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await hosted[Symbol.asyncDispose]();
  close();
});

const api = async (path: string, method = 'GET', body?: object) => {
  const answer = await fetch(hosted.host.origin + path, {
    method,
    headers: { authorization: `Bearer ${hosted.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, string>>;
};

/** Signs in and returns the heading of the page that it leads to, and the page. */
async function signIn(as: string, organisation: string) {
  person = as;
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${hosted.host.origin}/sign-in`);
  await page.getByLabel('Id of your organisation').fill(organisation);
  await page.getByRole('button', { name: 'Sign in with OpenID Connect' }).click();
  await page.waitForURL((url) => url.origin === hosted.host.origin && !url.pathname.startsWith('/sign-in/openid'));
  const heading = page.locator('h1').filter({ hasNotText: /Signed in|To the sign-in/u });
  return { heading: await heading.textContent(), page };
}

it('lets in whom the organisation lets in, until it does not any more', async () => {
  const { id: organisation = '' } = await api('/v1/organisation');
  expect((await signIn('ada', organisation)).heading).toBe('Forbidden');
  const { id: rule = '' } = await api('/v1/sign-in-rules', 'POST', {
    ...{ kind: 'domain', value: 'ACME.example', scopes: ['read'] },
  });
  const { heading, page } = await signIn('ada', organisation);
  expect(heading).toBe('Acme');
  // It is the scope of the rule.
  expect((await page.goto(`${hosted.host.origin}/tokens`))?.status()).toBe(403);
  const cookies = await page.context().cookies(hosted.host.origin);
  expect(cookies.find(({ name }) => name === 'sf-conformance')).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  expect(JSON.stringify(await api('/v1/audit-log'))).toContain('ada@acme.example');

  expect((await signIn('bob', organisation)).heading).toBe('Forbidden');
  expect((await signIn('eve', organisation)).heading).toBe('Forbidden');
  expect((await signIn('ada', 'oxxxxxxxxxxxxxxxxxxxx')).heading).toBe('Forbidden');
  await api('/v1/sign-in-rules', 'POST', { kind: 'subject', value: 'bob', scopes: ['read', 'run', 'manage'] });
  expect((await signIn('bob', organisation)).heading).toBe('Acme');

  await api(`/v1/sign-in-rules/${rule}`, 'DELETE');
  await page.goto(hosted.host.origin);
  expect(page.url()).toBe(`${hosted.host.origin}/sign-in`);
}, 300_000);

it('refuses an answer that this browser did not ask for', async () => {
  const begun = await fetch(`${hosted.host.origin}/sign-in/openid?organisation=o`);
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
  const back = (query: string, headers: Record<string, string>) =>
    fetch(`${hosted.host.origin}/sign-in/callback?${query}`, { headers }).then(({ status }) => status);
  expect(await back('code=x&state=y', {})).toBe(401);
  expect(await back('code=x&state=y', { cookie })).toBe(401);
  expect(await back('code=x&state=y', { cookie: `${cookie.split('=')[0] ?? ''}=e30` })).toBe(401);
  expect(await back('code=x', { cookie: `${cookie.split('=')[0] ?? ''}=ezo` })).toBe(400);
});
