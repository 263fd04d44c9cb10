/** The mock's own clock: the real one, and what it was put forward by. */

export interface Clock {
  /** Milliseconds of the epoch. */
  readonly now: () => number;
  /** @throws RangeError for a negative or endless time: tokens do not grow younger. */
  readonly advance: (ms: number) => void;
}

/** @param real milliseconds of the epoch */
export function createClock(real: () => number = Date.now): Clock {
  let ahead = 0;
  return {
    now: () => real() + ahead,
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError('the clock goes forward only, by milliseconds');
      ahead += ms;
    },
  };
}
