/**
 * `npm run screens`: takes every page on every screen, light and dark, and the reports on paper, to be looked at. `npm run screens -- live
 * mock` takes some of them. They are written to `reports/runs/screens/`, which is not kept.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Browser } from '@playwright/test';

import { launchBrowser } from '../../test-kit/chromium.ts';
import { startPages, type ScreenPages } from './screen-pages.ts';

/** Pixels. */
const WIDTHS = [1440, 768, 390, 320];
/** Pixels; a longer page is taken in parts, so that its words can be read. */
const MOST_HEIGHT = 1800;
const SCHEMES = ['light', 'dark'] as const;
const FOLDER = fileURLToPath(new URL('../../reports/runs/screens/', import.meta.url));
const chosen = process.argv.slice(2);

await mkdir(FOLDER, { recursive: true });
const browser = await launchBrowser();
try {
  await using pages = await startPages();
  for (const name of Object.keys(pages.addresses))
    if (chosen.length === 0 || chosen.includes(name)) await take(browser, pages, name);
} finally {
  await browser.close();
}
console.log(`Written to ${FOLDER}`);

/** Takes one page in both schemes at every width; a page from a file is printed too. */
async function take(from: Browser, { addresses, cookie }: ScreenPages, name: string): Promise<void> {
  const address = addresses[name] ?? '';
  const context = await from.newContext();
  await context.addCookies([cookie]);
  const page = await context.newPage();
  await page.goto(address);
  // The link to the live page opens it once.
  if (name === 'live') await page.getByText('connected', { exact: true }).waitFor();
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      for (let y = 0; y < height; y += MOST_HEIGHT) {
        const part = height > MOST_HEIGHT ? `-${String(y / MOST_HEIGHT + 1).padStart(2, '0')}` : '';
        const clip = { x: 0, y, width, height: Math.min(MOST_HEIGHT, height - y) };
        const path = join(FOLDER, `${name}-${colorScheme}-${String(width)}${part}.png`);
        await page.screenshot({ path, fullPage: true, clip });
      }
    }
  }
  if (address.startsWith('file:'))
    await page.pdf({ path: join(FOLDER, `${name}.pdf`), format: 'A4', preferCSSPageSize: true });
  await context.close();
}
