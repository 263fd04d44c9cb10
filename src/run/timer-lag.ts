/** Measures how late the timers of this process are: the harness, its mocks or the machine may be busy. */

const PROBE_MS = 10;

/** Resolves with the milliseconds by which a timer of 10 ms was late. */
export async function timerLagMs(): Promise<number> {
  const begun = performance.now();
  await new Promise((resolve) => setTimeout(resolve, PROBE_MS));
  return performance.now() - begun - PROBE_MS;
}
