/** Detects that the machine's clock was changed. Harness and mock do not depend on it; the client may. */

/** Smaller differences are normal adjustments by NTP. */
const LEAST_MS = 2_000;

/** Starts watching. The returned function describes the change since then in a sentence; undefined when there was none of note. */
export function watchClock(): () => string | undefined {
  const aheadMs = (): number => Date.now() - performance.now();
  const before = aheadMs();
  return () => {
    const stepMs = aheadMs() - before;
    if (Math.abs(stepMs) < LEAST_MS) return undefined;
    const seconds = Math.round(Math.abs(stepMs) / 1_000);
    return stepMs > 0
      ? `The machine’s clock was put forward by ${String(seconds)} s, or the machine slept so long. The harness goes by another clock; the client may have gone by this one.`
      : `The machine’s clock was put back by ${String(seconds)} s. The harness goes by another clock; the client may have gone by this one.`;
  };
}
