/** A real Chromium for tests: the one that is installed, or the one that comes with an npm package. */
import { existsSync } from 'node:fs';

import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launchBrowser(): Promise<Browser> {
  const installed = [process.env['CHROMIUM_PATH'], chromium.executablePath(), ...INSTALLED].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: ['--no-sandbox'] });
  // Read when the package is loaded: it then unpacks the shared libraries that Chromium wants.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x';
  const { default: packed } = await import('@sparticuz/chromium');
  // In one process the whole browser would end with the first page that is closed.
  const args = packed.args.filter((argument) => argument !== '--single-process');
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...args, '--no-sandbox'] });
}
