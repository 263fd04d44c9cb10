/** Finds a Chromium and starts it headless, without background requests, and able to reach only the given hosts. */
import type { Browser as Chromium, BrowserType } from '@playwright/test';
import { HarnessError } from '../../errors.ts';
import { executable, installedChromium } from './installed.ts';
import { packedChromium } from './packed.ts';

/** Options of `startChromium`. */
export interface ChromiumOptions {
  /** Host names that may be resolved besides this machine's own. */
  readonly hosts: readonly string[];
  /** Public key that is trusted whatever its certificate; see `mockKey`. */
  readonly trustedKey?: string;
  readonly timeoutMs: number;
}

const loopback = ['127.0.0.1', 'localhost', '*.localhost', '[::1]'];

/** Starts Chromium. @throws HarnessError `playwright-missing`, `chromium-missing`, `chromium-failed`. */
export async function startChromium({ hosts, trustedKey, timeoutMs }: ChromiumOptions): Promise<Chromium> {
  const chromium = await loadPlaywright();
  const found = await findChromium(chromium);
  const root = process.getuid?.() === 0;
  const reachable = [...new Set([...loopback, ...hosts])].map((host) => `EXCLUDE ${host}`);
  try {
    return await chromium.launch({
      executablePath: found.executablePath,
      headless: true,
      // Chromium has no sandbox for root.
      chromiumSandbox: !root,
      // The harness ends the processes it has started itself, in order, and writes its reports first.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: Math.max(timeoutMs, 30_000),
      env: { ...inherited(), ...found.env },
      args: [
        `--host-resolver-rules=${['MAP * ~NOTFOUND', ...reachable].join(', ')}`,
        '--disable-background-networking',
        '--disable-domain-reliability',
        '--disable-gpu',
        '--no-pings',
        '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
        ...(trustedKey === undefined ? [] : [`--ignore-certificate-errors-spki-list=${trustedKey}`]),
      ],
    });
  } catch (cause) {
    const [first = ''] = String(cause instanceof Error ? cause.message : cause).split('\n');
    throw new HarnessError(
      'chromium-failed',
      `${found.executablePath} did not start: ${first}`,
      'Start it by hand with --headless and fix what it reports. In a container, allow its sandbox or run it as root.',
      { cause },
    );
  }
}

async function loadPlaywright(): Promise<BrowserType> {
  try {
    const { chromium } = await import('@playwright/test');
    return chromium;
  } catch (cause) {
    throw new HarnessError(
      'playwright-missing',
      'The browser driver needs Playwright.',
      'npm install -D @playwright/test',
      {
        cause,
      },
    );
  }
}

/** A Chromium on this machine, and the environment variables it needs. */
export interface FoundChromium {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Finds an installed Chromium, else Playwright's, else the one of the package `@sparticuz/chromium`. `SF_CONFORMANCE_CHROMIUM` overrides
 * this: the path of an executable, or `packed` for the package.
 * @throws HarnessError `chromium-missing` */
export async function findChromium(chromium: BrowserType): Promise<FoundChromium> {
  const chosen = process.env['SF_CONFORMANCE_CHROMIUM'] ?? '';
  if (chosen !== '') return chosenChromium(chosen);
  const installed = await installedChromium(process.env['PATH'] ?? '');
  if (installed !== undefined) return { executablePath: installed, env: {} };
  const ofPlaywright = chromium.executablePath();
  if (await executable(ofPlaywright)) return { executablePath: ofPlaywright, env: {} };
  const packed = await packedChromium();
  if (packed !== undefined) return packed;
  throw new HarnessError(
    'chromium-missing',
    'There is no Chromium for the browser driver.',
    'Install Chromium or Chrome, or run `npx playwright install chromium`, or `npm install -D @sparticuz/chromium`.',
  );
}

async function chosenChromium(chosen: string): Promise<FoundChromium> {
  const found = chosen === 'packed' ? await packedChromium() : { executablePath: chosen, env: {} };
  if (found !== undefined && (await executable(found.executablePath))) return found;
  throw new HarnessError(
    'chromium-missing',
    `SF_CONFORMANCE_CHROMIUM names no Chromium that can be started: ${chosen}`,
    'Set it to the path of an executable, to `packed` for the npm package @sparticuz/chromium, or leave it out.',
  );
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
