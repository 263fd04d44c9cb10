/** Locks the whole app during a refresh, as some observed on Salesforce, instead of the token (switch `inFlightLock`). */
import type { Locking } from './decide.ts';

/** The lock of an app; made by `createAppLock`. */
export interface AppLock {
  /** Takes the lock until `ended` settles. Returns false when another refresh of the app holds it. Without the switch it is always free. */
  take(ended: Promise<unknown>): boolean;
}

/** Creates a free lock. */
export function createAppLock({ inFlightLock }: Pick<Locking, 'inFlightLock'>): AppLock {
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
