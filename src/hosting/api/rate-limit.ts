/** Limits the requests of each organisation, or of each address without a valid token, with a token bucket that refills evenly. */

/** The token buckets of one instance; made by `createRateLimit`. */
export interface RateLimit {
  /** Takes one request of `who`; returns the seconds to wait when the bucket is empty. */
  take(who: string, perMinute: number): number | undefined;
}

interface Bucket {
  left: number;
  at: number;
}

/** Most buckets that are kept; the oldest has long refilled before it is dropped. */
const MOST = 10_000;

/** Creates a rate limit.
 * @param now returns monotonic milliseconds */
export function createRateLimit(now: () => number = () => performance.now()): RateLimit {
  const buckets = new Map<string, Bucket>();
  return {
    take(who, perMinute) {
      const at = now();
      const known = buckets.get(who) ?? { left: perMinute, at };
      const left = Math.min(perMinute, known.left + ((at - known.at) * perMinute) / 60_000);
      buckets.delete(who);
      buckets.set(who, { left: left >= 1 ? left - 1 : left, at });
      if (buckets.size > MOST) buckets.delete(buckets.keys().next().value ?? '');
      return left >= 1 ? undefined : Math.ceil(((1 - left) * 60) / perMinute);
    },
  };
}
