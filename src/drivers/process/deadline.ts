/** Provides the time limits of the drivers. */

/** Resolves after `ms`, or immediately when `signal` is aborted. Input that arrived earlier, while this process was busy, is handled
 * first. */
export function deadline(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    let last: NodeJS.Immediate | undefined;
    const done = (): void => {
      clearTimeout(timer);
      clearImmediate(last);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(() => {
      last = setImmediate(done);
    }, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** Resolves with whether `work` has settled within `ms`; leaves no timer behind. */
export async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  const settled = new AbortController();
  const done = (): void => settled.abort();
  work.then(done, done);
  await deadline(ms, settled.signal);
  return settled.signal.aborted;
}
