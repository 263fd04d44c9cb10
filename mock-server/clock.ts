/** The mock's own clock: it begins with the machine's, goes on by itself whatever becomes of that, and can be put forward. */

export interface Clock {
  /** Milliseconds of the epoch, whole. */
  readonly now: () => number;
  /** How far the machine's clock is ahead of it, in milliseconds, but for what it was put forward. Clients on this machine stamp by that one,
   * and so does oidc-provider. */
  readonly machineAheadMs: () => number;
  /** @throws RangeError for a negative or endless time: tokens do not grow younger. */
  readonly advance: (ms: number) => void;
}

const STARTED_AT = Date.now();
const STARTED = performance.now();

/** What the machine's clock showed when this process began, and the time since: it neither jumps nor goes back. */
export const steadyNow = (): number => Math.floor(STARTED_AT + performance.now() - STARTED);

/** @param real milliseconds of the epoch */
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
