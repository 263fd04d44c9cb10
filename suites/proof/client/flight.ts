/** One refresh at a time within the process. */
import type { Renewal } from './renewal.ts';

export interface Flight {
  /** Starts the work, or joins the one that is under way. */
  run(work: () => Promise<Renewal>): Promise<Renewal>;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

/** Single flight: a caller that arrives while a refresh runs gets its result, even a failure; then the slot is cleared. */
export function createFlight(): Flight {
  let running: Promise<Renewal> | undefined;
  return {
    run: (work) => {
      running ??= work().finally(() => {
        running = undefined;
      });
      return running;
    },
    idle: async () => {
      await running?.catch(() => undefined);
    },
  };
}
