/** Retries refused connections for a while, because a listener may start a moment after its URL was opened. */
import { deadline } from '../process/deadline.ts';
import type { Browser } from './browser.ts';
import type { Ask, Fetched, FetchOptions } from './fetch.ts';

/** Longest sum of the pauses between the attempts, in milliseconds; on a busy machine the attempts themselves take additional time. Then
 * the first pause; each is twice the one before, up to the last. */
const waitMs = 2_000;
/** The same for a listener that has answered before: one that closes after a callback does not return. */
const waitOnceAnsweredMs = 300;
const firstPauseMs = 20;
const longestPauseMs = 250;

/** Fetches a URL, and retries for a while when the connection is refused. */
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
