/** Limits how long a run waits for a client that has hung. */

/** The time limits of a run; made by `createTimeoutPolicy`. */
export interface TimeoutPolicy {
  /** `run.timeoutMs`: the time limit of an action as long as none has hung. */
  readonly wholeMs: number;
  /** Returns the time limit in milliseconds of an action that may take `heldMs` longer than others. */
  timeoutMs(heldMs: number): number;
  /** Reports the end of a scenario: how many actions timed out, how its login went, and the duration of its slowest answered action. */
  scenarioOver(outcome: ScenarioPace): void;
  /** Duration in milliseconds of its slowest undisturbed action; 0 when not known yet. */
  readonly slowestMs: number;
  /** Whether the client has hung so often that a scenario ends with the next hanging action. */
  readonly endsAtHang: boolean;
  /** Whether an action has timed out. */
  readonly hasHung: boolean;
  /** Why further scenarios would only repeat what was seen; undefined when they run. */
  readonly abandonReason: AbandonReason | undefined;
}

/** Why a run abandons its remaining scenarios. */
export interface AbandonReason {
  readonly outcome: 'login-failed' | 'timed-out';
  /** One sentence. */
  readonly why: string;
}

/** What one scenario showed about the speed of the client. */
export interface ScenarioPace {
  readonly timedOut: number;
  /** Whether a refresh rotated the token. */
  readonly refreshed: boolean;
  /** Undefined when the strict mock refused the login, which shows nothing about the run's own mode. */
  readonly login: 'passed' | 'failed' | undefined;
  /** Undefined when the scenario holds answers, which shows nothing about the client. */
  readonly slowestMs: number | undefined;
}

/** Factor on the duration of undisturbed actions for the limit of a client that hangs, and the shortest limit. */
const TIMES = 4;
const LEAST_MS = 2_000;

const MOST_FAILED_LOGINS = 2;
const MOST_HANGS = 8;
/** Limit for a client that has not refreshed in any scenario without hanging. */
const MOST_HANGS_WITHOUT_REFRESH = 3;
const HANGS_SEEN_THROUGH = 3;

/** Creates the time limits of a run. After the first action that timed out, later limits depend on the client's measured latency; after
 * two scenarios without a login, or eight in which it hung (three when it never refreshed), the remaining ones are not run. Only a client that already fails is affected. */
export function createTimeoutPolicy(timeoutMs: number): TimeoutPolicy {
  let failedLogins = 0;
  let succeeded = false;
  let hangs = 0;
  let slowestMs = 0;
  let refreshed = false;
  return {
    wholeMs: timeoutMs,
    timeoutMs: (heldMs) =>
      hangs > 0 ? Math.min(timeoutMs, Math.max(LEAST_MS, TIMES * slowestMs) + heldMs) : timeoutMs,
    scenarioOver(over) {
      if (over.timedOut > 0) hangs += 1;
      else if (over.refreshed) refreshed = true;
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
      return hangs >= (refreshed ? HANGS_SEEN_THROUGH : 1);
    },
    get abandonReason(): AbandonReason | undefined {
      if (!succeeded && failedLogins >= MOST_FAILED_LOGINS) {
        return { outcome: 'login-failed', why: 'The login had failed in every scenario before.' };
      }
      return hangs >= (refreshed ? MOST_HANGS : MOST_HANGS_WITHOUT_REFRESH)
        ? { outcome: 'timed-out', why: `The client had hung in ${String(hangs)} scenarios before.` }
        : undefined;
    },
  };
}
