/** Knows how many exchanges are open, and when the client has fallen silent. */
import { startQuietTimer } from './quiet-timer.ts';

export interface Activity {
  /** An exchange has begun; call what it returns when it has ended. */
  begin(browser: boolean): () => void;
  /** All open exchanges, held ones and the browser's included. */
  readonly open: number;
  /** Resolves once the client was silent for `quietMs`: from the last time a client exchange began or ended, and from this call; and no
   * client exchange is open but those held at a gate. */
  quiet(quietMs: number): Promise<void>;
}

/** Returns the activity of a mock without open exchanges. @param held how many exchanges are held at gates now. */
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
            // An exchange may come to be held at a gate without a sign of activity, so look again after another while.
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
