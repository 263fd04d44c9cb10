/** Decides how many scenarios are played at once: fewer when the client answers more slowly beside others, more when it does not. Pure. */

export interface Concurrency {
  /** How many may run now. */
  readonly limit: number;
  /** Call it when a scenario begins, and what it returns when it has ended. */
  begin(): (ended: Ended) => void;
}

export interface Ended {
  /** Milliseconds that its first login took; undefined: it had none, or a fault was in the way. */
  readonly loginMs: number | undefined;
  /** No other scenario ran at any moment of it. */
  readonly isAlone: boolean;
}

/** So many times as long as alone: the machine has no room for so many scenarios, or room for one more below. */
const TOO_SLOW = 2.5;
const HAS_ROOM = 1.75;
/** Logins of which the one in the middle counts: a scenario may hold one. */
const SAMPLES = 3;

/** Starts with `most`. @param aloneMs what a login took when nothing ran beside it; undefined: not known yet, and nothing changes until then */
export function createConcurrency(most: number, aloneMs?: number): Concurrency {
  let limit = most;
  let changes = 0;
  let samples: number[] = [];
  const set = (wanted: number): void => {
    samples = [];
    const next = Math.min(most, Math.max(1, wanted));
    if (next === limit) return;
    limit = next;
    changes += 1;
  };
  return {
    get limit() {
      return limit;
    },
    begin() {
      const before = changes;
      return ({ loginMs, isAlone }) => {
        if (loginMs === undefined) return;
        if (isAlone) {
          aloneMs = loginMs;
          set(limit + 1);
          return;
        }
        // What began before the last change says nothing of it.
        if (before !== changes || aloneMs === undefined) return;
        samples.push(loginMs);
        if (samples.length < SAMPLES) return;
        const times = (samples.toSorted((a, b) => a - b)[1] ?? 0) / aloneMs;
        if (times > TOO_SLOW) set(limit - 1);
        else if (times < HAS_ROOM) set(limit + 1);
        else samples.shift();
      };
    },
  };
}
