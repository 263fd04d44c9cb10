/** Starts the Chromium that the browser driver would start, for tests of pages. */
import { chromium, type Browser } from '@playwright/test';
import { findChromium } from '../../src/drivers/browser/chromium.ts';

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findChromium(chromium);
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env } as Record<string, string>,
    args: ['--no-sandbox'],
  });
}
