/** Provides the mock's clock: it starts at the machine's time, ignores later changes of that, and can be advanced. */

/** The clock of one mock. */
export interface Clock {
  /** Returns whole milliseconds of the epoch. */
  readonly now: () => number;
  /** Returns how far the machine's clock is ahead of this one in milliseconds, without `advance`. Clients on this machine and
   * oidc-provider use the machine's clock. */
  readonly machineAheadMs: () => number;
  /** Advances the clock.
   * @throws RangeError for a negative or infinite time */
  readonly advance: (ms: number) => void;
}

const STARTED_AT = Date.now();
const STARTED = performance.now();

/** Returns the machine's time at the start of this process plus the time since then: it neither jumps nor goes back. */
export const steadyNow = (): number => Math.floor(STARTED_AT + performance.now() - STARTED);

/** Creates a clock.
 * @param real returns milliseconds of the epoch */
export function createClock(real: () => number = steadyNow): Clock {
  let ahead = 0;
  return {
    now: () => real() + ahead,
    machineAheadMs: () => Date.now() - real(),
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError('the clock goes forward only, by milliseconds');
      ahead += ms;
    },
  };
}
