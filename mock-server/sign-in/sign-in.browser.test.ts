/** The pages of the mock in a real Chromium, by keyboard alone. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from '@playwright/test';
import type Axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../test-kit/free-port.ts';
import { launchBrowser } from '../../test-kit/chromium.ts';
import { CLIENT_ID, pkce, stage, type Setting } from '../fixtures/stage.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const MOCK = 'This is a mock for conformance tests, not Salesforce.';
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser.close());

/** A mock, and a page of its own that goes to the authorization endpoint. The callback is the mock's success page. */
async function visit(
  fields: Readonly<Record<string, string>> = {},
  setting: Setting = {},
  scheme: 'light' | 'dark' = 'light',
) {
  const port = await freePort();
  const callback = `http://127.0.0.1:${String(port)}/services/oauth2/success`;
  const set = await stage({ port, redirectUris: [callback], ...setting });
  const { verifier, challenge } = pkce();
  const context = await browser.newContext({ colorScheme: scheme });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const query = {
    redirect_uri: callback,
    state: 's',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...fields,
  };
  const answer = await page.goto(set.authorizeUrl(query));
  return { ...set, page, verifier, callback, status: answer?.status() };
}

/** Walks with Tab to what has this role and name; a person without a mouse has nothing else. */
async function tabTo(page: Page, role: 'button' | 'textbox', name: string): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true });
  for (let count = 0; count < 20; count += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${role} "${name}"`);
}

/** What axe objects to; the pages let no script in, so it comes by the developer's door. */
async function objections(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(axe, 'utf8'));
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as { readonly axe: typeof Axe };
    const { violations } = await tool.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

describe('a person', () => {
  test('signs in and allows', async () => {
    const { page, callback, redeem, verifier, mock } = await visit();
    expect(await page.getByText(MOCK).isVisible()).toBe(true);
    await tabTo(page, 'textbox', 'User');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('U5');
    await tabTo(page, 'button', 'Allow');
    await page.keyboard.press('Enter');
    await page.waitForURL(/success/);
    expect(await page.getByText(MOCK).isVisible()).toBe(true);
    const code = new URL(page.url()).searchParams.get('code')!;
    expect((await redeem({ code, verifier }, { redirect_uri: callback })).status).toBe(200);
    expect(mock.control.families()).toMatchObject([{ user: 'U5', alive: true }]);
  });

  test('denies consent with the space bar', async () => {
    const { page, mock } = await visit();
    await tabTo(page, 'button', 'Deny');
    await page.keyboard.press('Space');
    await page.waitForURL(/success/);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      ...{ error: 'access_denied', error_description: 'end-user denied authorization', state: 's' },
    });
    expect(mock.control.families()).toEqual([]);
  });

  test('mistypes the name, sees the error, and corrects it', async () => {
    const { page } = await visit();
    await tabTo(page, 'textbox', 'User');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('<b>');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await objections(page)).toEqual([]);
    await tabTo(page, 'textbox', 'User');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('U2');
    await page.keyboard.press('Enter');
    await page.waitForURL(/success.*code=/);
  });

  test('goes back to a sign-in that has ended', async () => {
    const { page } = await visit();
    await tabTo(page, 'button', 'Allow');
    await page.keyboard.press('Enter');
    await page.waitForURL(/success/);
    await page.goBack();
    await page.getByText('This sign-in has ended').waitFor();
    expect(await page.getByText(MOCK).isVisible()).toBe(true);
    expect(await objections(page)).toEqual([]);
  });
});

interface ErrorCase {
  readonly name: string;
  readonly error: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly fault?: string;
}

const ERRORS: readonly ErrorCase[] = [
  { name: 'an unknown app', error: 'invalid_client_id', fields: { client_id: 'stranger' } },
  { name: 'another callback', error: 'redirect_uri_mismatch', fields: { redirect_uri: 'https://evil.example/<b>' } },
  { name: 'an error at approval', error: 'OAUTH_APPROVAL_ERROR_GENERIC', fault: 'approval-error-page' },
];

test.each(ERRORS)('$name: an error page that says what it is', async ({ error, fields = {}, fault }) => {
  const { page, mock, authorizeUrl, callback } = await visit();
  if (fault !== undefined) mock.control.inject({ fault });
  const answer = await page.goto(authorizeUrl({ redirect_uri: callback, client_id: CLIENT_ID, ...fields }));
  expect(answer?.status()).toBe(400);
  expect(await page.getByText(MOCK).isVisible()).toBe(true);
  expect(await page.getByRole('alert').innerText()).toContain(error);
  expect(await page.title()).toContain('mock');
  expect(await objections(page)).toEqual([]);
});

test.each(['light', 'dark'] as const)('axe objects to nothing on the sign-in page, in %s', async (scheme) => {
  const { page } = await visit({}, {}, scheme);
  expect(await objections(page)).toEqual([]);
});

test('who is signed in is only asked for consent, in any display; axe objects to nothing there', async () => {
  const { page, authorizeUrl, callback, mock } = await visit();
  const again = (fields: Readonly<Record<string, string>>) =>
    page.goto(
      authorizeUrl({
        ...{ redirect_uri: callback, code_challenge: pkce().challenge, code_challenge_method: 'S256' },
        ...fields,
      }),
    );
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL(/success/);
  for (const display of ['popup', 'touch', 'mobile']) {
    await again({ prompt: 'consent', display });
    expect(await page.getByRole('heading').innerText()).toBe('Allow access?');
    expect(await objections(page)).toEqual([]);
  }
  await tabTo(page, 'button', 'Deny');
  await page.keyboard.press('Enter');
  await page.waitForURL(/error=access_denied/);
  await again({ prompt: 'select_account' });
  expect(await objections(page)).toEqual([]);
  await page.goto(`${mock.loginUrl}/services/auth/idp/oidc/logout`);
  await again({});
  expect(await page.getByRole('heading').innerText()).toBe('Sign in');
});

test('axe objects to nothing where devices are connected', async () => {
  const { page, mock, token } = await visit();
  const start = await token({ response_type: 'device_code', client_id: CLIENT_ID, scope: 'api' });
  await page.goto(`${mock.loginUrl}/setup/connect?user_code=${start.body['user_code']!}`);
  expect(await objections(page)).toEqual([]);
  await tabTo(page, 'button', 'Allow');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Connected' }).waitFor();
  expect(await objections(page)).toEqual([]);
});
