/** The Chromium that the browser driver would start, for tests: `SF_CONFORMANCE_CHROMIUM` chooses which. */
import { chromium, type Browser } from '@playwright/test';
import { findChromium } from '../src/drivers/browser/chromium.ts';

/** Starts the browser for tests of pages. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findChromium(chromium);
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: ['--no-sandbox'],
  });
}

/** Returns why no Chromium can be started here; undefined when one can. */
export function whyNoChromium(): Promise<string | undefined> {
  return findChromium(chromium).then(
    () => undefined,
    (error: unknown) => String(error),
  );
}
