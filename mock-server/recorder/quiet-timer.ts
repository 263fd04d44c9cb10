/** Measures idle time in slices, counting only time in which this process could receive requests. */

const SLICES = 5;

/** Calls `over` after `ms` without an event; returns a function that cancels it. A process that was stopped or got no CPU time could not
 * see requests: such a gap counts as one slice at most, and pending input is read before the client is treated as idle. */
export function startQuietTimer(ms: number, over: () => void): () => void {
  let left = SLICES;
  let timer: NodeJS.Timeout | undefined;
  let last: NodeJS.Immediate | undefined;
  const next = (): void => {
    if (left === 0) {
      last = setImmediate(over);
      return;
    }
    left -= 1;
    timer = setTimeout(next, ms / SLICES);
  };
  next();
  return () => {
    clearTimeout(timer);
    clearImmediate(last);
  };
}
