/** How long a run waits for a client that has shown that it hangs. */

export interface TimeoutPolicy {
  /** `run.timeoutMs`: what an action may take as long as none has hung. */
  readonly wholeMs: number;
  /** Milliseconds that an action may take which rightly takes `heldMs` longer than others. */
  timeoutMs(heldMs: number): number;
  /** A scenario is over: how many of its actions timed out, how its login went, how long its slowest answered action took. */
  scenarioOver(outcome: ScenarioPace): void;
  /** Milliseconds that its slowest answered action took where nothing stood in its way; 0: not known yet. */
  readonly slowestMs: number;
  /** The client has hung so often that a scenario ends with the next action that does. */
  readonly endsAtHang: boolean;
  /** An action has timed out. */
  readonly hasHung: boolean;
  /** Why further scenarios would only repeat what was seen; undefined: they are played. */
  readonly abandonReason: AbandonReason | undefined;
}

export interface AbandonReason {
  readonly outcome: 'login-failed' | 'timed-out';
  /** One sentence. */
  readonly why: string;
}

export interface ScenarioPace {
  readonly timedOut: number;
  /** Undefined: strict refused it, which says nothing of the run's own mode. */
  readonly login: 'passed' | 'failed' | undefined;
  /** Undefined where the scenario holds answers: it says nothing of the client. */
  readonly slowestMs: number | undefined;
}

/** A client that hangs is still given so many times what it has needed when nothing was in its way, and this at the least. */
const TIMES = 4;
const LEAST_MS = 2_000;

const MOST_FAILED_LOGINS = 2;
const MOST_HANGS = 8;
const HANGS_SEEN_THROUGH = 3;

/** Creates the time limits of a run. After the first action that timed out, later ones get a time after the client's own clientLatency; after two
 * scenarios without a login, or eight in which it hung, the remaining ones are not played. Only a client that is already broken meets either. */
export function createTimeoutPolicy(timeoutMs: number): TimeoutPolicy {
  let failedLogins = 0;
  let succeeded = false;
  let hangs = 0;
  let slowestMs = 0;
  return {
    wholeMs: timeoutMs,
    timeoutMs: (heldMs) =>
      hangs > 0 ? Math.min(timeoutMs, Math.max(LEAST_MS, TIMES * slowestMs) + heldMs) : timeoutMs,
    scenarioOver(over) {
      if (over.timedOut > 0) hangs += 1;
      if (over.login === 'failed') failedLogins += 1;
      if (over.login === 'passed') succeeded = true;
      slowestMs = Math.max(slowestMs, over.slowestMs ?? 0);
    },
    get slowestMs() {
      return slowestMs;
    },
    get hasHung() {
      return hangs > 0;
    },
    get endsAtHang() {
      return hangs >= HANGS_SEEN_THROUGH;
    },
    get abandonReason(): AbandonReason | undefined {
      if (!succeeded && failedLogins >= MOST_FAILED_LOGINS) {
        return { outcome: 'login-failed', why: 'The login had failed in every scenario before.' };
      }
      return hangs >= MOST_HANGS
        ? { outcome: 'timed-out', why: `The client had hung in ${String(hangs)} scenarios before.` }
        : undefined;
    },
  };
}
