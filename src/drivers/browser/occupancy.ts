/** Counts the actions in a page, and ends them when the page is left for a login. */
import type { ActionAnswer } from '../driver.ts';

/** The actions that run in one page. */
export interface Occupancy {
  /** Number of running actions. */
  readonly busy: number;
  /** Counts an action until `signal` is aborted, even when the page keeps waiting for something. */
  occupy(signal: AbortSignal): void;
  /** Ends the running actions, because the page is left for a login. */
  leave(): void;
  /** Resolves with the answer of an action that was lost because the page was left for a login. */
  leaving(signal: AbortSignal): Promise<ActionAnswer>;
}

/** Creates the occupancy of a page without running actions. */
export function createOccupancy(): Occupancy {
  const left = new EventTarget();
  let busy = 0;
  return {
    get busy() {
      return busy;
    },
    occupy(signal) {
      busy += 1;
      signal.addEventListener('abort', () => (busy -= 1), { once: true });
    },
    leave: () => void left.dispatchEvent(new Event('left')),
    leaving: (signal) =>
      new Promise((resolve) => {
        const answer: ActionAnswer = { result: 'failed', error: 'the page was left for a login' };
        left.addEventListener('left', () => resolve(answer), { once: true, signal });
      }),
  };
}
