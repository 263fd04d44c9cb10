/** The mock's own clock: it starts at the machine's time, is not affected when that is set, and can be put forward. */

/** The clock of one mock. */
export interface Clock {
  /** Returns milliseconds of the epoch, whole. */
  readonly now: () => number;
  /** Returns how far the machine's clock is ahead of it, in milliseconds, not counting what it was put forward. Clients on this machine and
   * oidc-provider use the machine's clock. */
  readonly machineAheadMs: () => number;
  /** Puts the clock forward. @throws RangeError for a negative or infinite time: tokens do not grow younger */
  readonly advance: (ms: number) => void;
}

const STARTED_AT = Date.now();
const STARTED = performance.now();

/** Returns the machine's time at the start of this process plus the time since: it neither jumps nor goes back. */
export const steadyNow = (): number => Math.floor(STARTED_AT + performance.now() - STARTED);

/** Returns a clock that was not put forward. @param real milliseconds of the epoch */
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
