/** How fast the client of a scenario is, and how long something is waited for that may never come. */
import { startQuietTimer } from '../../mock-server/recording.ts';

export interface ClientLatency {
  /** Runs an honest login and remembers how long it took. */
  timed<T>(login: () => Promise<T>): Promise<T>;
  /** Resolves with what `work` does, or with undefined when it has not settled within twice the slowest login so far and `leastMs`. */
  soon<T>(work: Promise<T>, leastMs: number): Promise<T | undefined>;
}

/** Measures how long the client takes. @param knownMs what the client needed in other scenarios; it counts until a login is measured. */
export function createClientLatency(knownMs = 0): ClientLatency {
  let slowestMs: number | undefined;
  return {
    async timed(login) {
      const begun = performance.now();
      const answer = await login();
      slowestMs = Math.max(slowestMs ?? 0, performance.now() - begun);
      return answer;
    },
    soon: (work, leastMs) => withTimeout(work, 2 * (slowestMs ?? knownMs) + leastMs),
  };
}

/** Resolves with what `work` does, or with undefined after `ms` in which it could be heard of; leaves no timer behind. */
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
