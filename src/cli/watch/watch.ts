/** Repeats runs while a developer fixes a client: after each run it waits for a reason to run again. */

/** What a person or a change of files asks for. */
export type Wish = 'again' | 'end';

/** Reports wishes until it is stopped. */
export type Source = (onWish: (wish: Wish) => void) => { stop(): void };

export interface WatchParts {
  /** One run; its exit code. Never rejects. */
  readonly play: () => Promise<number>;
  /** Listened to all the time: what changes while a run is under way asks for another. */
  readonly sources: readonly Source[];
  /** Called before each wait. */
  readonly say: () => void;
  /** Ends the wait too. */
  readonly signal: AbortSignal;
}

/** Resolves with the exit code of the last run. */
export async function watch({ play, sources, say, signal }: WatchParts): Promise<number> {
  let wish: Wish | undefined;
  // Changes while we wait, which the compiler does not see.
  const asked = (): Wish | undefined => wish;
  const over = (): boolean => signal.aborted;
  let wake: () => void = () => undefined;
  const stops = sources.map((source) =>
    source((newWish) => {
      // An end is not taken back by a change that comes after it.
      if (wish !== 'end') wish = newWish;
      wake();
    }),
  );
  const aborted = (): void => wake();
  signal.addEventListener('abort', aborted);
  try {
    for (;;) {
      const code = await play();
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
