/** Measures how fast the client of a scenario is, and derives how long to wait for an event that may never come. */
import { startQuietTimer } from '../../mock-server/recording.ts';

/** The latency of the client in one scenario; made by `createClientLatency`. */
export interface ClientLatency {
  /** Runs an undisturbed login and remembers its duration. */
  timed<T>(login: () => Promise<T>): Promise<T>;
  /** Resolves with the result of `work`, or with undefined when it has not settled within twice the slowest login so far plus `leastMs`. */
  soon<T>(work: Promise<T>, leastMs: number): Promise<T | undefined>;
  /** Returns how long to wait for the next of several concurrent requests: as long as the first login took, at least `leastMs`. A busy machine delays
   * both. */
  betweenMs(leastMs: number): number;
}

/** A first login that took longer waited for something else than the machine, and a longer wait would exceed time limits of clients. */
const MOST_BETWEEN_MS = 1_000;

/** Measures the latency of a client.
 * @param knownMs latency from other scenarios, used until a login is measured */
export function createClientLatency(knownMs = 0): ClientLatency {
  let firstMs: number | undefined;
  let slowestMs: number | undefined;
  return {
    async timed(login) {
      const begun = performance.now();
      const answer = await login();
      const tookMs = performance.now() - begun;
      firstMs ??= tookMs;
      slowestMs = Math.max(slowestMs ?? 0, tookMs);
      return answer;
    },
    soon: (work, leastMs) => withTimeout(work, 2 * (slowestMs ?? knownMs) + leastMs),
    betweenMs: (leastMs) => Math.max(leastMs, Math.min(firstMs ?? knownMs, MOST_BETWEEN_MS)),
  };
}

/** Resolves with the result of `work`, or with undefined after `ms` milliseconds in which this process could handle its end. Leaves no
 * timer behind. */
export async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const callOff = startQuietTimer(ms, () => {
    late.resolve(undefined);
  });
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    callOff();
  }
}
