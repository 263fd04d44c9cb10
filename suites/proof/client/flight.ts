/** One refresh at a time within the process. */
import type { Renewal } from './renewal.ts';

export interface Flight {
  /** Starts the work, or joins the one that is under way. */
  run(work: () => Promise<Renewal>): Promise<Renewal>;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

/** Single flight: whoever asks while a refresh runs gets its result, a failure too, and nothing of it stays behind. */
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
