/** Tracks open exchanges and when the client becomes idle. */
import { startQuietTimer } from './quiet-timer.ts';

/** The activity of a mock; made by `createActivity`. */
export interface Activity {
  /** Records the beginning of an exchange; call the returned function when it has ended. */
  begin(browser: boolean): () => void;
  /** Number of open exchanges, including held ones and the browser's. */
  readonly open: number;
  /** Resolves once the client was idle for `quietMs`: since the last client exchange began or ended and since this call, with no client
   * exchange open except held ones. */
  quiet(quietMs: number): Promise<void>;
}

/** Creates the activity of a mock without open exchanges.
 * @param held returns the number of exchanges held at gates */
export function createActivity(held: () => number = () => 0): Activity {
  const waiting = new Set<() => void>();
  let open = 0;
  let openOfClient = 0;
  const stir = (): void => {
    for (const restart of [...waiting]) restart();
  };
  return {
    begin(browser) {
      let ended = false;
      open += 1;
      if (!browser) {
        openOfClient += 1;
        stir();
      }
      return () => {
        if (ended) return;
        ended = true;
        open -= 1;
        if (browser) return;
        openOfClient -= 1;
        stir();
      };
    },
    get open() {
      return open;
    },
    quiet: (quietMs) =>
      new Promise((resolve) => {
        let callOff = (): void => undefined;
        const restart = (): void => {
          callOff();
          callOff = startQuietTimer(quietMs, () => {
            // An exchange may be held at a gate without a sign of activity, so this is checked again later.
            if (openOfClient > held()) {
              restart();
              return;
            }
            waiting.delete(restart);
            resolve();
          });
        };
        waiting.add(restart);
        restart();
      }),
  };
}
