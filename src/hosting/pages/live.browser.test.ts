/** From a blank browser to a verdict: sign in, create an app, drive the client beside the live page, read the report. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import type Axe from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../../test-kit/chromium.ts';
import { resolveConfig } from '../../config/resolve.ts';
import { startClient } from '../../serve/fixtures/live.ts';
import { startHosted, type Hosted } from '../hosted.test-support.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 390, height: 844 };
let browser: Browser;
let hosted: Hosted;

beforeAll(async () => {
  [browser, hosted] = await Promise.all([launchBrowser(), startHosted()]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await hosted[Symbol.asyncDispose]();
});

/** What axe objects to, and whether the page scrolls sideways on a phone. */
async function faultsOf(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  await page.evaluate(() => Promise.all(globalThis.document.getAnimations().map((one) => one.finished)));
  const violations = await page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as { readonly axe: typeof Axe };
    return (await tool.run()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  });
  const before = page.viewportSize();
  await page.setViewportSize(PHONE);
  const sideways = await page.evaluate(
    () => globalThis.document.documentElement.scrollWidth - globalThis.document.documentElement.clientWidth,
  );
  if (before !== null) await page.setViewportSize(before);
  return { violations, sideways };
}
const clean = { violations: [], sideways: 0 };

it.each(['light', 'dark'] as const)(
  'leads to a verdict by the keyboard alone, in %s',
  async (colorScheme) => {
    const page = await (await browser.newContext({ colorScheme })).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => void dialog.accept());
    const press = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await page.goto(hosted.host.origin);
    expect(await faultsOf(page)).toEqual(clean);
    await page.getByLabel('Token').fill(hosted.token);
    await press('Sign in');
    await page.getByRole('heading', { level: 1, name: 'Acme' }).waitFor();
    expect(await faultsOf(page)).toEqual(clean);
    await page.getByRole('link', { name: 'New app' }).click();
    await page.getByLabel('Name').fill('Tried by hand');
    await press('Create the app');
    await page.getByRole('heading', { level: 1, name: 'Tried by hand' }).waitFor();
    expect(await faultsOf(page)).toEqual(clean);
    await press('Start a live session');
    await page.getByText('connected', { exact: true }).waitFor();
    const typed = async (variable: string): Promise<string> =>
      (await page.locator('dl div', { hasText: variable }).locator('dd code').textContent()) ?? '';
    const app = { name: 'Tried by hand', clientId: await typed('SF_CLIENT_ID') };
    const config = resolveConfig({ app }, { dir: '/', cwd: '/', env: {} });
    const client = startClient({ loginUrl: await typed('SF_LOGIN_URL'), config });
    const live = page.url();
    await client.authorize(async (url) => {
      const tab = await page.context().newPage();
      await tab.goto(url);
      await tab.getByRole('button', { name: 'Allow' }).click();
      await tab.waitForURL(/callback/u);
      await tab.close();
    });
    await page.locator('#check-PKCE-01[data-verdict=pass]').waitFor();
    expect(await page.locator('#exchanges tr').count()).toBeGreaterThan(0);
    expect(await faultsOf(page)).toEqual(clean);
    await client.end();
    await press('End the session');
    await page.getByText('The session has ended.').waitFor();
    const run = live.replace('/live/', '/runs/').replace(/\/$/u, '');
    await expect.poll(async () => (await page.goto(run), page.getByText('Read the report').count())).toBe(1);
    expect(await faultsOf(page)).toEqual(clean);
    await page.goto(live);
    expect(page.url()).toBe(run);
    await page.getByText('Read the report').click();
    await page.getByRole('heading', { name: /Tried by hand/u }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  300_000,
);
