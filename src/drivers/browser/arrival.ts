/** When a page that has been navigated is there. Both begin to look when they are called and never reject. */
import type { Page } from '@playwright/test';

/** How long a page may go on loading things before another callback is put into it. */
const settleMs = 5_000;

/** Resolves when the new page has been read; what it had shown before is gone. */
export async function shown(page: Page | undefined, timeoutMs: number): Promise<undefined> {
  await page?.waitForEvent('domcontentloaded', { timeout: timeoutMs }).catch(() => undefined);
  return undefined;
}

/** Resolves when the new page is loaded and requests nothing more. */
export async function settled(page: Page | undefined, timeoutMs: number): Promise<undefined> {
  await shown(page, timeoutMs);
  await page?.waitForLoadState('networkidle', { timeout: Math.min(settleMs, timeoutMs) }).catch(() => undefined);
  return undefined;
}
