/** The page in a real Chromium, from a file, as a reviewer opens it. */
import { execFile } from 'node:child_process';
import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import type { Browser, Page } from '@playwright/test';
import type Axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compareReports } from '../compare/compare.ts';
import { comparePage } from '../compare/page.ts';
import { HOSTILE, hostileRun } from '../../test-kit/sample-run/hostile.ts';
import { longRun } from '../../test-kit/sample-run/long.ts';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';
import { launchBrowser } from '../../test-kit/chromium.ts';
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
    long: renderPage(longRun(100_000)),
    bulky: renderPage(hostileRun('<"\u001b[31m=1+1 \ud800'.repeat(40_000))),
    unbroken: renderPage(hostileRun('W'.repeat(500_000))),
    compare: comparePage(compareReports([sampleRun().report, hostileRun(HOSTILE.join(' ')).report]), {
      title: 'Side by side',
    }),
  };
  for (const [name, text] of Object.entries(pages)) {
    const path = join(folder, `${name}.html`);
    await writeFile(path, text);
    url[name] = pathToFileURL(path).href;
  }
  for (const name of ['failing', 'compliant'])
    url[name] = new URL(`../sample/${name}/index.html`, import.meta.url).href;
  url['comparison'] = new URL('../sample/comparison.html', import.meta.url).href;
  browser = await launchBrowser();
}, 300_000);
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

/** Opens everything, until nothing is left to be built. */
async function openAll(page: Page): Promise<void> {
  const left = (): Promise<number> =>
    page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      return document.querySelectorAll('.later').length;
    });
  while ((await left()) > 0);
}

describe.each(['sample', 'failing', 'compliant', 'hostile', 'compare'])('the %s page', (name) => {
  it('opens from a file with no request, no complaint and no script of anyone else', async () => {
    const { page, requests, complaints } = await open(url[name]!);
    await openAll(page);
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
    expect(await page.locator('script:not([type])').count()).toBe(1);
    await page.close();
  });

  it.each(['light', 'dark'] as const)(
    'leaves axe nothing to find in %s',
    async (colorScheme) => {
      const { page } = await open(url[name]!, { colorScheme, bypassCSP: true });
      await page.addScriptTag({ path: axe });
      if (name !== 'failing') await openAll(page);
      const violations = await page.evaluate(async () => {
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

describe.each(['failing', 'long'])('the %s page, as it is loaded', (name) => {
  it('has fewer than 5,000 nodes and is ready within a second of work', async () => {
    expect((await stat(fileURLToPath(url[name]!))).size).toBeLessThan(1_500_000);
    const { page, complaints } = await open(url[name]!);
    const nodes = await page.evaluate(() => {
      const walker = document.createTreeWalker(document);
      let count = 0;
      while (walker.nextNode() !== null) count += 1;
      return count;
    });
    expect(nodes).toBeLessThan(5_000);
    const chromium = await page.context().newCDPSession(page);
    // CPU time of the page's own thread: what else the machine does is not the page's.
    await chromium.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.reload({ waitUntil: 'domcontentloaded' });
    const { metrics } = await chromium.send('Performance.getMetrics');
    const seconds = metrics.find((metric) => metric.name === 'TaskDuration')?.value;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(1);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe.each(['failing', 'compliant', 'sample', 'compare', 'comparison'])('the %s page on any screen', (name) => {
  it.each([1440, 768, 390, 320])(
    'needs no horizontal scroll and has no label over another at %i pixels',
    async (width) => {
      const { page } = await open(url[name]!, { viewport: { width, height: 900 } });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await openAll(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const overlaps = await page.evaluate(() =>
        [...document.querySelectorAll('svg.sequence')].flatMap((svg) => {
          const labels = [...svg.querySelectorAll('text')].map((label) => ({
            text: label.textContent,
            box: label.getBoundingClientRect(),
          }));
          const frame = svg.getBoundingClientRect();
          const cut = labels.filter(({ box }) => box.left < frame.left || box.right > frame.right);
          const over = labels.filter(({ box }, index) =>
            labels
              .slice(index + 1)
              .some(
                ({ box: other }) =>
                  box.width > 0 &&
                  box.left < other.right - 0.5 &&
                  other.left < box.right - 0.5 &&
                  box.top < other.bottom - 2 &&
                  other.top < box.bottom - 2,
              ),
          );
          return [...cut, ...over].map(({ text }) => text);
        }),
      );
      expect(overlaps).toEqual([]);
      // Tables never need a swipe; pictures of races do not where there is room for eight clients.
      const cut = await page.evaluate(
        (selector) =>
          [...document.querySelectorAll(selector)]
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
            .map((one) => one.getAttribute('aria-label')),
        width === 1440 ? '.scroll' : '.scroll:has(.matrix)',
      );
      expect(cut).toEqual([]);
      await page.close();
    },
  );
});

describe.each(['failing', 'compliant', 'sample'])('the %s page on paper', (name) => {
  it('prints as a certificate of at most four pages, and with its evidence when asked', async () => {
    const { page } = await open(url[name]!);
    const pages = async (): Promise<number> =>
      (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    const ink = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ink'));
    const onLightScreen = await ink();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ink()).not.toBe(onLightScreen);
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await ink()).toBe(onLightScreen);
    await page.emulateMedia({ colorScheme: 'light', media: null });
    const certificate = await pages();
    expect(certificate).toBeGreaterThanOrEqual(name === 'sample' ? 1 : 2);
    expect(certificate).toBeLessThanOrEqual(4);
    await page.emulateMedia({ media: 'print' });
    for (const shown of ['#requirements', '#not-graded', '.seal-lines', '.signature'])
      if (shown !== '.seal-lines' || name !== 'sample')
        expect([shown, await page.locator(shown).isVisible()]).toEqual([shown, true]);
    for (const hidden of ['#filter', 'nav', '#scenarios'])
      expect([hidden, await page.locator(hidden).isVisible()]).toEqual([hidden, false]);
    await page.evaluate(() => Object.assign(globalThis, { print: () => undefined }));
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: 'Print with evidence' }).click();
    expect(await page.locator('.later').count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#scenarios').isVisible()).toBe(true);
    await page.close();
  });
});

describe.each(['hostile', 'bulky', 'unbroken'])('the %s page', (name) => {
  it.each([1240, 380])('keeps its layout in a window of %i pixels, and runs nothing', async (width) => {
    const { page, complaints } = await open(url[name]!, { viewport: { width, height: 800 } });
    await openAll(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('copying as curl', () => {
  /** What a shell makes of a command line, were `curl` to print its arguments. */
  const argumentsOf = async (command: string): Promise<readonly string[]> => {
    const { stdout } = await promisify(execFile)('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${command}`], {
      cwd: folder,
      maxBuffer: 10_000_000,
    });
    return stdout.split('\n').slice(0, -1);
  };
  const copied = async (name: string): Promise<readonly string[]> => {
    const { page } = await open(url[name]!);
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', {
        value: { writeText: (text: string) => Promise.resolve(Object.assign(globalThis, { copied: text })) },
      });
    });
    await openAll(page);
    const texts: string[] = [];
    for (const button of (await page.locator('button.curl').all()).slice(0, 40)) {
      await button.click();
      texts.push(await page.evaluate(() => (globalThis as unknown as { copied: string }).copied));
    }
    await page.close();
    return texts;
  };

  it('gives the request with labels for secrets', async () => {
    const refresh = (await copied('sample')).find((text) => text.includes('RT#20'))!;
    const given = await argumentsOf(refresh);
    expect(given.slice(0, 3)).toEqual(['--globoff', '--request', 'POST']);
    expect(given).toContain('refresh_token=RT#20');
    expect(given).toContain('grant_type=refresh_token');
  });

  it('is one command whatever a client sent', async () => {
    for (const text of await copied('hostile')) {
      const given = await argumentsOf(text);
      expect(given[0]).toBe('--globoff');
      expect(given.length).toBeGreaterThan(3);
      expect(text).not.toContain('\n');
    }
  }, 300_000);
});

describe('the page in use', () => {
  const shown = (page: Page) => page.locator('.check:visible').evaluateAll((all) => all.map(({ id }) => id));

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
    await query.fill('');
    expect(await page.locator('#requirements').isVisible()).toBe(true);
    await Promise.all([page.close(), again.close()]);
  });

  it('is worked with keys', async () => {
    const { page } = await open(url['sample']!);
    await page.keyboard.press('f');
    expect(await shown(page)).toHaveLength(4);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.closest('.check')?.id)).toBe('check-RACE-01');
    await page.keyboard.press('p');
    expect(await shown(page)).toHaveLength(4);
    await page.keyboard.press('/');
    await page.keyboard.type(' 64 characters');
    expect(await shown(page)).toEqual(['check-PKCE-05']);
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Filter checks').inputValue()).toBe('');
    await page.close();
  });

  it('follows a deep link into what is folded, not yet built or filtered out', async () => {
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

  it('copies a failure for an assistant', async () => {
    const { page } = await open(url['sample']!);
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', {
        value: { writeText: (text: string) => Promise.resolve(Object.assign(globalThis, { copied: text })) },
      });
    });
    await page.locator('#check-RACE-01').getByRole('button', { name: 'Copy for an AI assistant' }).click();
    const copied = await page.evaluate(() => (globalThis as unknown as { copied: string }).copied);
    expect(copied).toMatch(/^# RACE-01 failed/);
    expect(copied).toContain('## How to verify');
    await page.close();
  });

  it('says the verdict, why, the failures and their fixes without script', async () => {
    const { page, complaints } = await open(url['sample']!, { javaScriptEnabled: false });
    expect(complaints).toEqual([]);
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.locator('#check-RACE-01 .remedy').isVisible()).toBe(true);
    expect(await page.locator('.requirement').count()).toBe(sampleRun().report.requirements.length);
    expect(await page.locator('noscript').innerText()).toContain('report.json');
    await page.close();
  });

  it('shows each verdict on the partner rule on a phone without a swipe', async () => {
    const { page } = await open(url['sample']!, { viewport: { width: 375, height: 800 } });
    const verdicts = page.locator('.requirement summary .badge');
    expect(await verdicts.count()).toBe(sampleRun().report.requirements.length);
    for (const box of await verdicts.evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect),
    ))
      expect([box.left >= 0, box.right <= 375]).toEqual([true, true]);
    await page.context().close();
  });
});
