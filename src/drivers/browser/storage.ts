/** Records where a page stores its tokens: names of entries, never values. */
import type { BrowserContext, Page } from '@playwright/test';
import type { StorageEntry } from '../../history/event.ts';
import type { SessionContext } from '../driver.ts';
import { within } from '../process/deadline.ts';

/** An entry with its value, before redaction. */
interface RawEntry extends Pick<StorageEntry, 'area' | 'origin' | 'httpOnly' | 'secure' | 'sameSite'> {
  readonly name: string;
  readonly value: string;
}

const mostEntries = 200;
const valueLength = 65_536;
/** Milliseconds after which a busy or closed page is skipped. */
const waitMs = 5_000;
/** Labels of secrets that the mock issued or received; a `VALUE` is only a guess. */
const secret = /^(RT|AT|CODE|VERIFIER|IDTOKEN|SECRET)(#|$)/;

/** Returns the entries of all storages of one user that contain a known secret. Never rejects; entries that cannot be read are left out. */
export async function lookIntoStorage(
  browser: BrowserContext,
  redact: SessionContext['redact'],
): Promise<readonly StorageEntry[]> {
  const reading = Promise.all([shared(browser), ...browser.pages().map(sessionStorageOf)]);
  if (!(await within(reading, waitMs))) return [];
  const raw = await reading.then(
    (all) => all.flat(),
    () => [],
  );
  return raw
    .flatMap(({ name, value, ...about }) => {
      const holds = [...new Set(redact(value.slice(0, valueLength)).leaked)].filter((label) => secret.test(label));
      return holds.length === 0 ? [] : [{ ...about, name: redact(name).text.slice(0, 128), holds }];
    })
    .slice(0, mostEntries);
}

async function shared(browser: BrowserContext): Promise<readonly RawEntry[]> {
  const { cookies, origins } = await browser.storageState({ indexedDB: true }).catch(() => browser.storageState());
  return [
    ...cookies.map(({ name, value, domain, httpOnly, secure, sameSite }) => ({
      area: 'cookie' as const,
      ...{ name, value, origin: domain, httpOnly, secure, sameSite },
    })),
    ...origins.flatMap((one) => {
      const { origin, localStorage } = one;
      const { indexedDB = [] } = one as { readonly indexedDB?: readonly { readonly name: string }[] };
      return [
        ...localStorage.map((entry) => ({ area: 'local-storage' as const, origin, ...entry })),
        ...indexedDB.map((base) => ({
          area: 'indexed-db' as const,
          origin,
          name: base.name,
          value: JSON.stringify(base),
        })),
      ];
    }),
  ];
}

/** Evaluated in the page. */
const readSession = 'Object.entries(sessionStorage)';

async function sessionStorageOf(page: Page): Promise<readonly RawEntry[]> {
  const origin = URL.parse(page.url())?.origin ?? 'null';
  const entries = await page.evaluate<unknown>(readSession).catch(() => []);
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: unknown) => {
    const [name, value] = Array.isArray(entry) ? entry.map(String) : [];
    return { area: 'session-storage', origin, name: name ?? '', value: value ?? '' };
  });
}
