/** How long a run waits for a client that has shown that it hangs. */

export interface Patience {
  /** Milliseconds that the next verb may take. */
  readonly timeoutMs: number;
  /** A scenario is over: how many of its verbs timed out, and whether it failed at its login. */
  scenarioOver(outcome: { readonly timedOut: number; readonly loginFailed: boolean }): void;
  /** The login has failed so often that further scenarios would only repeat it. */
  readonly hopeless: boolean;
}

/** After the first verb that timed out, later ones get a sixth of the time, at least 2 s; after the login has failed in two
 * scenarios of the run's own mode, the remaining ones are not played. Only a client that is already broken meets either. */
export function createPatience(timeoutMs: number): Patience {
  let hung = false;
  let failedLogins = 0;
  let succeeded = false;
  return {
    get timeoutMs() {
      return hung ? Math.min(timeoutMs, Math.max(2_000, Math.round(timeoutMs / 6))) : timeoutMs;
    },
    scenarioOver({ timedOut, loginFailed }) {
      if (timedOut > 0) hung = true;
      if (loginFailed) failedLogins += 1;
      else succeeded = true;
    },
    get hopeless() {
      return !succeeded && failedLogins >= 2;
    },
  };
}
