/** Notices that the machine's clock was set. Harness and mock do not go by it; the client may. */

/** Less is what keeping time by NTP does all day. */
const LEAST_MS = 2_000;

/** Starts to watch. What it returns says what happened since, as a sentence; undefined: nothing to speak of. */
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
