/**
 * `npm run screens`: takes the sample reports and the comparison on every screen and on paper, light and dark, to be looked at. They are
 * written to `reports/runs/screens/`, which is not kept.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { launchBrowser } from '../../test-kit/chromium.ts';
import { GOLDEN } from './golden.ts';

const PAGES = { failing: 'failing/index.html', compliant: 'compliant/index.html', comparison: 'comparison.html' };
/** Pixels. */
const WIDTHS = [1440, 768, 390, 320];
const FOLDER = fileURLToPath(new URL('../../reports/runs/screens/', import.meta.url));

await mkdir(FOLDER, { recursive: true });
const browser = await launchBrowser();
try {
  for (const [name, file] of Object.entries(PAGES)) {
    const address = pathToFileURL(join(GOLDEN, file)).href;
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of WIDTHS) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        await page.goto(address);
        await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}-${String(width)}.png`), fullPage: true });
        await page.close();
      }
    const page = await browser.newPage();
    await page.goto(address);
    await page.pdf({ path: join(FOLDER, `${name}.pdf`), format: 'A4', preferCSSPageSize: true });
    await page.close();
  }
} finally {
  await browser.close();
}
console.log(`Written to ${FOLDER}`);
