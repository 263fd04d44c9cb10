/** Defines the steps that `doctor` reports. */

/** State of a step. `not reached`: an earlier step failed. */
export type StepState = 'ok' | 'not ok' | 'not reached';

/** One step of the set-up check, as `doctor` prints it. */
export interface Step {
  /** Stable id for programs: `callback`. */
  readonly id: string;
  /** Title, a noun: `Callback`. */
  readonly title: string;
  readonly state: StepState;
  /** What was found, in one sentence; empty where the title is sufficient. */
  readonly seen: string;
  /** What to do next, in one sentence. */
  readonly todo?: string;
  /** Standard error of the client, the line that names the error first. */
  readonly said?: readonly string[];
  /** Rules of the partner that were broken on the way: a run judges them, they are not a fault of the configuration. */
  readonly conformance?: readonly string[];
}

/** Returns a step that succeeded. @example ok('clock', 'Clock') */
export function ok(id: string, title: string, seen = ''): Step {
  return { id, title, state: 'ok', seen };
}

/** Returns a step that failed, with its reason and fix. @example notOk('port', 'Fixed ports', 'Something listens on 8080.', 'Stop it.') */
export function notOk(id: string, title: string, seen: string, todo: string): Step {
  return { id, title, state: 'not ok', seen, todo };
}

/** Returns a step that was not reached, without further text. */
export function notReached(id: string, title: string): Step {
  return { id, title, state: 'not reached', seen: '' };
}
