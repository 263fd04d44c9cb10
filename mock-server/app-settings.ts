/** Changes the app's OAuth settings while the mock runs: immediately, or later, as settings propagate on Salesforce. */
import type { AppChange, Mode } from './mock.ts';

/** The current settings of one mock. */
export interface AppSettings {
  /** Returns the mode: `observing` while PKCE is switched off, because then it is not required. */
  readonly mode: () => Mode;
  /** Returns whether refresh token rotation is switched on. */
  readonly rotation: () => boolean;
  setMode(mode: Mode): void;
  /** Changes settings once `afterMs` milliseconds have passed on the mock's clock. */
  change(change: AppChange, afterMs: number): void;
  /** Moves pending changes nearer by milliseconds. */
  age(ms: number): void;
  /** Switches everything on, and drops pending changes. */
  reset(): void;
}

const ON: Required<AppChange> = { pkce: true, rotation: true };

/** Creates settings with everything on.
 * @param clock returns milliseconds of the epoch */
export function createAppSettings(clock: () => number, started: Mode): AppSettings {
  let mode = started;
  let current = ON;
  let waiting: readonly { readonly change: AppChange; readonly dueAt: number }[] = [];
  const inForce = (): Required<AppChange> => {
    const now = clock();
    for (const { change, dueAt } of waiting) if (dueAt <= now) current = { ...current, ...change };
    waiting = waiting.filter(({ dueAt }) => dueAt > now);
    return current;
  };
  return {
    mode: () => (inForce().pkce ? mode : 'observing'),
    rotation: () => inForce().rotation,
    setMode(next) {
      mode = next;
    },
    change(change, afterMs) {
      waiting = [...waiting, { change, dueAt: clock() + afterMs }];
    },
    age(ms) {
      waiting = waiting.map(({ change, dueAt }) => ({ change, dueAt: dueAt - ms }));
    },
    reset() {
      current = ON;
      waiting = [];
    },
  };
}
