import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Browser } from './browser.ts';
import type { Fetched } from './fetch.ts';
import { fetchWithRetry } from './fetch-with-retry.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ask = { url: new URL('http://127.0.0.1:1/callback'), method: 'GET', headers: {} };

/** How long a listener that never comes up is waited for. */
async function waited(answeredBefore: boolean): Promise<number> {
  const fetched: Fetched = { kind: 'refused', detail: 'nothing listens' };
  const browser = { fetch: () => Promise.resolve(fetched) } as unknown as Browser;
  const began = Date.now();
  let ended: number | undefined;
  void fetchWithRetry(browser, ask, { timeoutMs: 30_000, answeredBefore }).then(() => {
    ended = Date.now();
  });
  await vi.runAllTimersAsync();
  return (ended ?? Infinity) - began;
}

test('a listener that may still come up is waited for; one that has answered and closed, hardly', async () => {
  expect(await waited(false)).toBeGreaterThan(1_500);
  expect(await waited(true)).toBeLessThan(500);
});
