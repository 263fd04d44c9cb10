/** The live page in a real Chromium, beside the reference client that logs in through the same browser. */
import { createRequire } from 'node:module';
import type { Browser, Page } from '@playwright/test';
import type Axe from 'axe-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser } from '../../test-kit/chromium.ts';
import { startClient, startLive, type Live, type ReferenceClient } from '../serve/fixtures/live.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let browser: Browser;
let live: Live & { clean(): void };
let client: ReferenceClient;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser.close());

beforeEach(async () => {
  live = await startLive({ app: { name: 'Live <b>client</b>' } });
  client = startClient(live);
  page = await open();
});
afterEach(async () => {
  await page.context().close();
  await client.end();
  await live.end();
  live.clean();
});

async function open(scheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ colorScheme: scheme });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const opened = await context.newPage();
  complaints = [];
  opened.on('console', (message) => complaints.push(message.text()));
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('dialog', (dialog) => void dialog.accept());
  await opened.goto(live.link());
  await opened.getByText('connected', { exact: true }).waitFor();
  return opened;
}

/** A person at the mock's sign-in page, in a tab of the same browser. */
async function signIn(url: string): Promise<void> {
  const tab = await page.context().newPage();
  await tab.goto(url);
  await tab.getByRole('button', { name: 'Allow' }).click();
  await tab.waitForURL(/callback/);
  await tab.close();
}

const turns = (check: string, verdict: string): Promise<void> =>
  page.locator(`#check-${check}[data-verdict=${verdict}]`).waitFor();

/** Walks to the button with the keyboard's own means and presses it. */
async function press(name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await page.waitForFunction((node) => !(node as { disabled?: boolean }).disabled, await button.elementHandle());
  await button.focus();
  await page.keyboard.press('Enter');
}

/** The list of scenarios is closed at first. */
async function openScenarios(): Promise<void> {
  await page.locator('#scenarios > summary').focus();
  await page.keyboard.press('Enter');
}

const done = (action: string): boolean =>
  live.events().some((event) => event.kind === 'control' && event.action === action);
const armed = (fault: string): boolean =>
  live.events().some((event) => event.kind === 'fault' && event.action === 'armed' && event.fault === fault);
const gates = (action: string): number =>
  live.events().filter((event) => event.kind === 'gate' && event.action === action).length;
const within = (what: () => boolean): Promise<void> => expect.poll(what).toBe(true);

it('holds its token for itself: no cookie goes to other ports, and a reload finds the session again', async () => {
  expect(await page.context().cookies()).toEqual([]);
  expect(page.url()).toBe(new URL('/', live.link()).href);
  await page.reload();
  await page.getByText('connected', { exact: true }).waitFor();
  // A second tab has no ticket of its own.
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByText('The token is missing.').waitFor();
  await other.close();
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
});

it('turns green while the client works, and shows each exchange', { timeout: 600_000 }, async () => {
  expect(await page.locator('[data-verdict=pass]').count()).toBe(0);
  expect(await client.authorize(signIn)).toMatchObject({ ok: true });
  expect(await client.call()).toMatchObject({ ok: true });
  await turns('PKCE-01', 'pass');
  await turns('PKCE-07', 'pass');
  await press('Expire the session');
  await within(() => done('expire-access-tokens'));
  expect(await client.call()).toMatchObject({ ok: true });
  await turns('RTR-01', 'pass');
  const exchanges = await page.locator('#exchanges tr').allTextContents();
  expect(exchanges.some((row) => /POST \/services\/oauth2\/token with CODE#1.*200.*AT#1.*RT#1.*login/.test(row))).toBe(
    true,
  );
  expect(exchanges.some((row) => row.includes('401') && row.includes('refresh-chain'))).toBe(true);
  expect(await page.locator('#recording').textContent()).toContain('refresh-chain');
  // What has just happened is in view wherever one is on the page.
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  await expect.poll(() => page.locator('#last-exchange').textContent()).toMatch(/^GET .* with AT#2: 200$/);
  const settled = page.locator('#last-settled a');
  expect(await settled.count()).toBe(4);
  expect(await settled.first().isVisible()).toBe(true);
  await settled.first().focus();
  await page.keyboard.press('Enter');
  expect(page.url()).toContain(await settled.first().getAttribute('href'));
  expect(complaints).toEqual([]);
});

it('turns red when the client breaks the rule, and writes what it sent as text', { timeout: 600_000 }, async () => {
  const url = new URL('/services/oauth2/authorize', live.loginUrl);
  const hostile = '<img src=x onerror=alert(1)>';
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: live.config.app.clientId,
    redirect_uri: 'http://127.0.0.1:9/callback',
    state: hostile,
  }).toString();
  await fetch(url, { redirect: 'manual' });
  await fetch(new URL(`/services/data/${encodeURIComponent(hostile)}`, live.loginUrl), { headers: { 'x-a': hostile } });
  await turns('PKCE-01', 'fail');
  await page.locator('#exchanges tr').nth(1).waitFor();
  expect(await page.locator('img, b').count()).toBe(0);
  expect(await page.locator('h1').textContent()).toContain('Live <b>client</b>');
  expect(complaints).toEqual([]);
});

it('does everything by keyboard', async () => {
  await client.authorize(signIn);
  const actions: readonly (readonly [string, () => boolean])[] = [
    ['Expire the session', () => done('expire-access-tokens')],
    ['I have restarted my client', () => live.events().some((e) => e.kind === 'phase' && e.phase === 'after-restart')],
    ['Reject the refresh token', () => done('reject-refresh-tokens')],
    ['Use a stolen refresh token', () => done('replay-old-token')],
    ['Lose the next response', () => armed('reset-after-commit')],
    ['Cut the next response', () => armed('truncated-body')],
    ['Hold refreshes', () => gates('armed') === 1],
    ['Release', () => gates('closed') === 1],
    ['Hold refreshes', () => gates('armed') === 2],
    ['Release in reverse order', () => gates('closed') === 2],
    ['429 next', () => armed('throttled')],
    ['Reset next', () => armed('reset-before-commit')],
    ['Answer busy', () => armed('busy')],
    ['503 next', () => armed('service-unavailable')],
    ['Back to plain recording', () => done('reset')],
    ['Only record, refuse nothing', () => live.events().some((e) => e.kind === 'control' && e.detail === 'observing')],
  ];
  for (const [name, happened] of actions) {
    await press(name);
    await within(happened);
  }
  const buttons = await page.locator('[data-post^="/actions/"]').allTextContents();
  expect(buttons.filter((name) => !actions.some(([known]) => known === name))).toEqual([]);
  await press('Write the reports now');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the report' }).focus();
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toBe('report.html');
  // It says so for a moment only.
  const copied = page.getByText('Copied').waitFor();
  await press('Copy: Consumer key (client id)');
  await copied;
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(live.config.app.clientId);
  await press('End the session');
  expect((await live.ended).report.app.name).toBe('Live <b>client</b>');
  expect(complaints.filter((text) => !text.includes('ERR_'))).toEqual([]);
}, 180_000);

it('says how many refreshes wait for Release', { timeout: 600_000 }, async () => {
  await client.authorize(signIn);
  await press('Hold refreshes');
  const recording = page.locator('#recording');
  await recording.getByText('Refreshes are held; 0 wait for Release.').waitFor();
  const held = client.call();
  await recording.getByText('Refreshes are held; 1 waits for Release.').waitFor();
  await press('Release');
  expect(await held).toMatchObject({ ok: true });
  await recording.getByText('Refreshes are held').waitFor({ state: 'detached' });
});

it('says at the end where the reports are, and offers nothing that is gone', { timeout: 600_000 }, async () => {
  await press('Write the reports now');
  await page.getByRole('link', { name: 'Download the report' }).waitFor();
  await press('End the session');
  await page.getByText(`The session has ended. Its reports are written into ${live.dir}.`).waitFor();
  expect(await page.getByRole('link', { name: 'Download the report' }).isVisible()).toBe(false);
  await live.ended;
});

it('needs no horizontal scroll from 320 pixels on, and shows the log beside the buttons at 1,440 by 1,000', async () => {
  for (const width of [320, 390, 768, 1440]) {
    await page.setViewportSize({ width, height: 1000 });
    expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(width);
  }
  const log = await page.locator('#exchanges-title').boundingBox();
  const button = await page.locator('#action-expire').boundingBox();
  expect(log!.y + log!.height).toBeLessThan(1000);
  expect(log!.x).toBeGreaterThan(button!.x + button!.width);
});

it('fits a phone, and so does the sign-in page', { timeout: 600_000 }, async () => {
  const width = 360;
  const tooWide = (of: Page): Promise<number> => of.evaluate(() => globalThis.document.documentElement.scrollWidth);
  await page.setViewportSize({ width, height: 740 });
  await client.authorize(async (url) => {
    const tab = await page.context().newPage();
    await tab.setViewportSize({ width, height: 740 });
    await tab.emulateMedia({ colorScheme: 'dark' });
    await tab.goto(url);
    expect(await tooWide(tab)).toBe(width);
    expect(await tab.locator('form strong').first().textContent()).toBe('Live <b>client</b>');
    // Chromium paints the canvas by the scheme of the root alone: dark fields on a white page otherwise.
    const scheme = (node: { readonly ownerDocument: unknown }): string =>
      globalThis.getComputedStyle(node as never).colorScheme;
    expect(await tab.locator('html').evaluate(scheme)).toBe('light dark');
    await tab.getByRole('button', { name: 'Allow' }).click();
    await tab.waitForURL(/callback/);
    await tab.close();
  });
  await page.locator('#exchanges tr').first().waitFor();
  expect(await tooWide(page)).toBe(width);
});

it('guides through a scenario, with a countdown and keys', async () => {
  await openScenarios();
  await press('strict');
  await page.getByText('Log in with your client now.').waitFor();
  expect(await page.locator('.countdown').textContent()).toMatch(/^[45]:\d\d left$/);
  expect(await page.locator('#instructions button').allTextContents()).toEqual([
    'Done d',
    'Failed f',
    'It asks me to connect again r',
    'Cannot do this u',
    'Skip s',
  ]);
  expect(await page.getByRole('button', { name: 'Expire the session' }).isDisabled()).toBe(true);
  await client.authorize(signIn);
  await page.getByText('make one API call now').waitFor();
  await page.keyboard.press('s');
  await page.locator('#instructions').getByRole('button', { name: 'Failed' }).focus();
  await expect.poll(() => live.said().match(/one API call now/g)?.length).toBe(2);
  await client.call();
  await page.locator('#now').waitFor({ state: 'hidden' });
  await turns('CA-10', 'pass');
  expect(await page.locator('#guide-strict').isDisabled()).toBe(true);
  await press('rejected');
  await page.getByText('Log in with your client now.').waitFor();
  await press('Stop this scenario');
  await page.locator('#now').waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
}, 180_000);

it.each(['light', 'dark'] as const)(
  'has nothing that axe objects to, in %s',
  async (scheme) => {
    await page.context().close();
    page = await open(scheme);
    await client.authorize(signIn);
    await turns('PKCE-01', 'pass');
    await openScenarios();
    await press('busy');
    await page.getByText('Log in with your client now.').waitFor();
    // The highlight of what has just changed fades; colours are measured when it has.
    await page.evaluate(() => Promise.all(globalThis.document.getAnimations().map((one) => one.finished)));
    const violations = await audit();
    expect(violations).toEqual([]);
  },
  180_000,
);

/** The policy of the page lets no foreign script in, so axe comes by the developer's door. */
async function audit(): Promise<unknown> {
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(axe, 'utf8'));
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as { readonly axe: typeof Axe };
    const { violations } = await tool.run();
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
    }));
  });
}
