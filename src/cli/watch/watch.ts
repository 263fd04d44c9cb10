/** Repeats runs while a developer fixes a client: waits after each run for a reason to run again. */

/** What a key or a file change requests. */
export type Wish = 'again' | 'end';

/** Reports wishes until it is stopped. */
export type Source = (onWish: (wish: Wish) => void) => { stop(): void };

/** What `watch` repeats and listens to. */
export interface WatchParts {
  /** Makes one run and resolves with its exit code. Never rejects. */
  readonly runOnce: () => Promise<number>;
  /** Sources that are listened to all the time: a change during a run requests another one. */
  readonly sources: readonly Source[];
  /** Called before each wait. */
  readonly say: () => void;
  /** Ends the waiting when aborted. */
  readonly signal: AbortSignal;
}

/** Repeats runs; resolves with the exit code of the last one. */
export async function watch({ runOnce, sources, say, signal }: WatchParts): Promise<number> {
  let wish: Wish | undefined;
  // `wish` changes while we wait, which the compiler does not see.
  const asked = (): Wish | undefined => wish;
  const over = (): boolean => signal.aborted;
  let wake: () => void = () => undefined;
  const stops = sources.map((source) =>
    source((newWish) => {
      // A later change does not cancel the request to quit.
      if (wish !== 'end') wish = newWish;
      wake();
    }),
  );
  const aborted = (): void => wake();
  signal.addEventListener('abort', aborted);
  try {
    for (;;) {
      const code = await runOnce();
      if (over()) return code;
      if (asked() === undefined) {
        say();
        await new Promise<void>((resolve) => (wake = resolve));
      }
      if (over() || asked() === 'end') return code;
      wish = undefined;
    }
  } finally {
    signal.removeEventListener('abort', aborted);
    for (const source of stops) source.stop();
  }
}
