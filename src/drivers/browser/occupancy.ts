/** Which actions are under way in a page, and whether it is left for a login. */
import type { ActionAnswer } from '../driver.ts';

export interface Occupancy {
  /** Counts the actions that are under way. */
  readonly busy: number;
  /** Counts an action until `signal` is aborted, even when the page goes on waiting for something. */
  occupy(signal: AbortSignal): void;
  /** Ends what is under way: the page is left for a login. */
  leave(): void;
  /** Resolves when the page is left for a login: what was under way in it is lost. */
  leaving(signal: AbortSignal): Promise<ActionAnswer>;
}

/** Returns the occupancy of a page in which nothing is under way. */
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
