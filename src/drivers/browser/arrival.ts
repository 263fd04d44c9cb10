/** Waits for a navigated page. Both functions start waiting when they are called, and never reject. */
import type { Page } from '@playwright/test';

/** Milliseconds for which a page may keep loading before the next callback is loaded in it. */
const settleMs = 5_000;

/** Resolves when the new page is parsed; its previous content is gone. */
export async function shown(page: Page | undefined, timeoutMs: number): Promise<undefined> {
  await page?.waitForEvent('domcontentloaded', { timeout: timeoutMs }).catch(() => undefined);
  return undefined;
}

/** Resolves when the new page is loaded and sends no more requests. */
export async function settled(page: Page | undefined, timeoutMs: number): Promise<undefined> {
  await shown(page, timeoutMs);
  await page?.waitForLoadState('networkidle', { timeout: Math.min(settleMs, timeoutMs) }).catch(() => undefined);
  return undefined;
}
