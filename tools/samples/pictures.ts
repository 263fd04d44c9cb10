/** `npm run pictures`: takes the README's pictures of the sample reports in a real Chromium, in the light theme. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { Page } from '@playwright/test';

import { launchBrowser } from '../../test-kit/chromium.ts';
import { GOLDEN } from './golden.ts';

interface Picture {
  readonly file: string;
  /** Below the folder of the samples, with the fragment to go to. */
  readonly address: string;
  /** Pixels. */
  readonly size: { readonly width: number; readonly height: number };
  /** What is taken, as much of it as `size` holds; the top of the page otherwise. */
  readonly of?: string;
}

const PICTURES: readonly Picture[] = [
  { file: 'report.png', address: 'failing/index.html', size: { width: 1000, height: 640 } },
  {
    file: 'race.png',
    address: 'failing/index.html#scenario-herd-5',
    size: { width: 1240, height: 560 },
    of: '#scenario-herd-5 figure .scroll',
  },
  { file: 'compare.png', address: 'comparison.html', size: { width: 1000, height: 600 } },
];

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const MOST_BYTES = 120_000;
const SCALE = 1;

await mkdir(FOLDER, { recursive: true });
const browser = await launchBrowser();
try {
  for (const picture of PICTURES) {
    const page = await browser.newPage({ viewport: picture.size, deviceScaleFactor: SCALE, colorScheme: 'light' });
    await take(page, picture);
    await page.close();
  }
} finally {
  await browser.close();
}

/** @throws RangeError for a picture that is too heavy for a README. */
async function take(page: Page, { file, address, of }: Picture): Promise<void> {
  const [path = '', fragment] = address.split('#');
  const url = pathToFileURL(join(GOLDEN, path)).href;
  await page.goto(fragment === undefined ? url : `${url}#${fragment}`);
  const to = join(FOLDER, file);
  if (of !== undefined) await page.locator(of).evaluate((part) => part.scrollIntoView({ block: 'start' }));
  const box = of === undefined ? null : await page.locator(of).boundingBox();
  await page.screenshot(box === null ? { path: to } : { path: to, clip: box });
  const { size } = await stat(to);
  console.log(`docs/pictures/${file}: ${String(Math.round(size / 1000))} kB`);
  if (size > MOST_BYTES) throw new RangeError(`${file} has ${String(size)} bytes; ${String(MOST_BYTES)} are allowed.`);
}
