/** The page in a real Chromium, from a file, as a reviewer opens it. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Browser, Page } from '@playwright/test';
import type Axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compareReports } from '../compare/compare.ts';
import { comparePage } from '../compare/page.ts';
import { HOSTILE, hostileRun } from '../sample/hostile.ts';
import { sampleRun } from '../sample/sample-run.ts';
import { launchBrowser } from './browser.test-support.ts';
import { renderPage } from './page.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let browser: Browser | undefined;
let folder: string;
const url: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  const pages = {
    sample: renderPage(sampleRun()),
    hostile: renderPage(hostileRun(HOSTILE.join('\n'))),
    compare: comparePage(compareReports([sampleRun().report, hostileRun(HOSTILE.join(' ')).report]), {
      title: 'Side by side',
    }),
  };
  for (const [name, text] of Object.entries(pages)) {
    const path = join(folder, `${name}.html`);
    await writeFile(path, text);
    url[name] = pathToFileURL(path).href;
  }
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => browser?.close());

interface Opened {
  readonly page: Page;
  /** Requests other than for the file itself. */
  readonly requests: readonly string[];
  /** What the console and the page complained of. */
  readonly complaints: readonly string[];
}

async function open(address: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Opened> {
  const page = await browser!.newPage(options);
  const requests: string[] = [];
  const complaints: string[] = [];
  const file = address.split('#')[0];
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== file) requests.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(address);
  return { page, requests, complaints };
}

describe.each(['sample', 'hostile', 'compare'])('the %s page', (name) => {
  it('opens from a file with no request, no complaint and no script of anyone else', async () => {
    const { page, requests, complaints } = await open(url[name]!);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
    expect(await page.locator('script').count()).toBe(1);
    await page.close();
  });

  it.each(['light', 'dark'] as const)(
    'leaves axe nothing to find in %s',
    async (colorScheme) => {
      const { page } = await open(url[name]!, { colorScheme, bypassCSP: true });
      await page.addScriptTag({ path: axe });
      const violations = await page.evaluate(async () => {
        for (const details of document.querySelectorAll('details')) details.open = true;
        const found = await (globalThis as unknown as { axe: typeof Axe }).axe.run();
        return found.violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .slice(0, 3)
              .map(({ html }) => html.slice(0, 160))
              .join(' | ')}`,
        );
      });
      expect(violations).toEqual([]);
      await page.close();
    },
    60_000,
  );
});

describe('the page in use', () => {
  const shown = (page: Page) => page.locator('details.check:visible').evaluateAll((all) => all.map(({ id }) => id));

  it('filters by verdict, level, suite and text, and keeps the filter in the address', async () => {
    const { page } = await open(url['sample']!);
    const query = page.getByLabel('Filter checks');
    await query.fill('s:fail level:must');
    expect((await shown(page)).sort()).toEqual(['check-PKCE-02', 'check-RACE-01', 'check-RACE-03']);
    await query.fill('@races !baseline');
    expect(await shown(page)).toEqual(['check-RACE-01']);
    expect(new URL(page.url()).hash).toBe(`#q=${encodeURIComponent('@races !baseline')}`);
    const { page: again } = await open(page.url());
    expect(await shown(again)).toEqual(['check-RACE-01']);
    await query.fill('no such thing');
    await expect.poll(() => page.getByText('No check matches.').isVisible()).toBe(true);
    await Promise.all([page.close(), again.close()]);
  });

  it('is worked with keys', async () => {
    const { page } = await open(url['sample']!);
    await page.keyboard.press('f');
    expect(await shown(page)).toHaveLength(4);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.closest('details')?.id)).toBe('check-RACE-01');
    await page.keyboard.press('a');
    expect(await shown(page)).toHaveLength(sampleRun().report.checks.length);
    await page.keyboard.press('/');
    await page.keyboard.type('tilde');
    expect(await shown(page)).toEqual(['check-PKCE-12']);
    await page.close();
  });

  it('follows a deep link into what is folded or filtered out', async () => {
    const { report } = sampleRun();
    const [decisive] = report.checks.find(({ id }) => id === 'RACE-01')!.scenarios[0]!.evidence;
    const { page } = await open(`${url['sample']!}#event-${String(decisive)}`);
    expect(
      await page
        .locator(`#event-${String(decisive)} table`)
        .first()
        .isVisible(),
    ).toBe(true);
    await page.getByLabel('Filter checks').fill('s:fail');
    await page.evaluate(() => {
      location.hash = '#check-PKCE-01';
    });
    await expect.poll(() => page.locator('#check-PKCE-01 .body').isVisible()).toBe(true);
    await page.close();
  });

  it('says everything without script', async () => {
    const { page, complaints } = await open(url['sample']!, { javaScriptEnabled: false });
    expect(complaints).toEqual([]);
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.locator('details.check').count()).toBe(sampleRun().report.checks.length);
    expect(await page.locator('#check-RACE-01 .remedy').isVisible()).toBe(true);
    await page.locator('#check-PKCE-01 summary').click();
    expect(await page.locator('#check-PKCE-01 .body').isVisible()).toBe(true);
    await page.close();
  });

  it('prints what is folded, without the controls', async () => {
    const { page } = await open(url['sample']!);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.locator('#check-PKCE-01 .body').isVisible()).toBe(true);
    expect((await page.pdf()).length).toBeGreaterThan(20_000);
    await page.close();
  });

  it('fits a narrow screen', async () => {
    const { page } = await open(url['sample']!, { viewport: { width: 380, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
    await page.close();
  });
});
