/** A listener may come up a moment after its URL was handed out: a refused connection is tried again for a while. */
import { deadline } from '../process/deadline.ts';
import type { Browser } from './browser.ts';
import type { Ask, Fetched, FetchOptions } from './fetch.ts';

/** How long a refused connection is tried again, and the first pause; each pause is twice the one before, up to the last. */
const patienceMs = 2_000;
const firstPauseMs = 20;
const longestPauseMs = 250;

export async function fetchPatiently(
  browser: Browser,
  ask: Ask,
  options: Pick<FetchOptions, 'timeoutMs' | 'signal' | 'onConnected'>,
): Promise<Fetched> {
  const until = performance.now() + Math.min(patienceMs, options.timeoutMs);
  let pauseMs = firstPauseMs;
  for (;;) {
    const fetched = await browser.fetch(ask, options);
    if (fetched.kind !== 'refused' || performance.now() + pauseMs > until) return fetched;
    await deadline(pauseMs, options.signal);
    if (options.signal?.aborted === true) return { kind: 'aborted', detail: 'the visit was given up' };
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
}
