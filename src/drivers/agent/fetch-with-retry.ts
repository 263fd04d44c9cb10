/** A listener may come up a moment after its URL was handed out: a refused connection is tried again for a while. */
import { deadline } from '../process/deadline.ts';
import type { Browser } from './browser.ts';
import type { Ask, Fetched, FetchOptions } from './fetch.ts';

/** How long the pauses may be together in which a refused connection is waited for: on a busy machine the tries take their time. The
 * first pause; each is twice the one before, up to the last. */
const waitMs = 2_000;
/** The same for a listener that has answered before: one that takes a callback and closes will not come back. */
const waitOnceAnsweredMs = 300;
const firstPauseMs = 20;
const longestPauseMs = 250;

/** Fetches a URL, and tries again for a while when the connection is refused. */
export async function fetchWithRetry(
  browser: Browser,
  ask: Ask,
  options: Pick<FetchOptions, 'timeoutMs' | 'signal' | 'onConnected'> & { readonly answeredBefore?: boolean },
): Promise<Fetched> {
  let leftMs = Math.min(options.answeredBefore === true ? waitOnceAnsweredMs : waitMs, options.timeoutMs);
  let pauseMs = firstPauseMs;
  for (;;) {
    const fetched = await browser.fetch(ask, options);
    if (fetched.kind !== 'refused' || pauseMs > leftMs) return fetched;
    await deadline(pauseMs, options.signal);
    leftMs -= pauseMs;
    if (options.signal?.aborted === true) return { kind: 'aborted', detail: 'the visit was given up' };
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
}
