/** The app's OAuth settings that can be changed while the mock runs: at once, or some time later, as settings propagate on the platform. */
import type { AppChange, Mode } from './mock.ts';

/** The settings of one mock, as they are in force at the moment of a call. */
export interface AppSettings {
  /** Returns `observing` while PKCE is switched off: then nothing of it is asked. */
  readonly mode: () => Mode;
  /** Returns whether refresh token rotation is switched on. */
  readonly rotation: () => boolean;
  setMode(mode: Mode): void;
  /** Changes settings once `afterMs` milliseconds have passed on the mock's clock. */
  change(change: AppChange, afterMs: number): void;
  /** Brings changes that are still to come nearer, in milliseconds. */
  age(ms: number): void;
  /** Switches everything on, and drops changes that are still to come. */
  reset(): void;
}

const ON: Required<AppChange> = { pkce: true, rotation: true };

/** Returns settings with everything on. @param clock milliseconds of the epoch */
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
