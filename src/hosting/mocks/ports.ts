/** The ports that the mocks of a service may use. */
import { HarnessError } from '../../errors.ts';

/** Hands out ports of a range, each to one mock at a time. */
export interface Ports {
  /** Returns `count` ports that are not in use by another mock. 0 for each where the system chooses. @throws HarnessError `no-port` */
  lease(count: number): readonly number[];
  release(ports: readonly number[]): void;
}

/** Returns the ports from `first` to `last`; without a range the system chooses. */
export function createPorts(range: { readonly first: number; readonly last: number } | undefined): Ports {
  if (range === undefined) return { lease: (count) => new Array<number>(count).fill(0), release: () => undefined };
  const free = Array.from({ length: range.last - range.first + 1 }, (_, index) => range.first + index);
  return {
    lease(count) {
      if (free.length >= count) return free.splice(0, count);
      const hint = 'Try again when a run has ended, or start the service with a wider range: --ports A-B.';
      throw new HarnessError('no-port', 'All ports for mocks are in use.', hint);
    },
    release: (ports) => void free.push(...ports),
  };
}
