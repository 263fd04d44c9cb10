/** One line of the pre-flight. */

/** `not reached`: something before it stopped the way there. */
export type StepState = 'ok' | 'not ok' | 'not reached';

export interface Step {
  /** Stable word for machines: `callback`. */
  readonly id: string;
  /** A noun: `Callback`. */
  readonly title: string;
  readonly state: StepState;
  /** What was seen, one sentence; the empty text where the title says it all. */
  readonly seen: string;
  /** What to do next, one sentence. */
  readonly todo?: string;
  /** What the client wrote on standard error, the line that names the error first. */
  readonly said?: readonly string[];
  /** Rules of the partner that were broken on the way: for a run to judge, and no fault of the configuration. */
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

/** Says nothing of what it is about. */
export function notReached(id: string, title: string): Step {
  return { id, title, state: 'not reached', seen: '' };
}
