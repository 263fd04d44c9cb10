/** Determines how many scenarios run at once: fewer when the client gets slower beside others, more when it does not. Pure. */

/** A limit that follows the latency of the client. */
export interface Concurrency {
  /** How many scenarios may run now. */
  readonly limit: number;
  /** Call it when a scenario begins, and call the returned function when the scenario has ended. */
  begin(): (ended: Ended) => void;
}

/** What a scenario that has ended showed of the client's latency. */
export interface Ended {
  /** Duration of its first login in milliseconds; undefined when there was none or it failed. */
  readonly loginMs: number | undefined;
  /** Whether no other scenario ran during it. */
  readonly isAlone: boolean;
}

/** A login that takes more than `TOO_SLOW` times as long as alone shows too many scenarios, one below `HAS_ROOM` times that there is room for one more. */
const TOO_SLOW = 2.5;
const HAS_ROOM = 1.75;
/** The median of this many logins counts, because a scenario may hold a login. */
const SAMPLES = 3;

/** Creates a limit that starts at `most`. @param aloneMs duration of a login that ran alone; the limit does not change before it is known */
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
        // A scenario that began before the last change does not show its effect.
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
