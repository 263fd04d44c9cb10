/** A lock on the whole app: what some saw on the platform instead of a lock on each token (switch `inFlightLock`). */
import type { Switches } from '../policy/switches.ts';

export interface AppLock {
  /** Takes the lock until `ended` settles. Returns false when another refresh of the app holds it. Without the switch it is always free. */
  take(ended: Promise<unknown>): boolean;
}

/** Returns a lock that is free. */
export function createAppLock({ inFlightLock }: Pick<Switches, 'inFlightLock'>): AppLock {
  let held = false;
  const release = () => {
    held = false;
  };
  return {
    take(ended) {
      if (inFlightLock !== 'app') return true;
      if (held) return false;
      held = true;
      void ended.then(release, release);
      return true;
    },
  };
}

/** Takes the lock of the app until the exchange has ended; see `AppLock.take`. */
export const takeApp = (
  exchange: { readonly ended: Promise<void> },
  { appLock }: { readonly appLock: AppLock },
): boolean => appLock.take(exchange.ended);
