/** Limits the requests of each organisation, or of each address without a valid token, with a token bucket that refills evenly. */

interface Bucket {
  left: number;
  at: number;
}

/** Most buckets that are kept; the oldest has long refilled before it is dropped. */
const MOST = 10_000;

/** Creates a limit of requests. @param now milliseconds, monotonic */
export function createRateLimit(now: () => number = () => performance.now()) {
  const buckets = new Map<string, Bucket>();
  return {
    /** Takes one request of `who`; returns the seconds to wait when there is none left. */
    take(who: string, perMinute: number): number | undefined {
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
