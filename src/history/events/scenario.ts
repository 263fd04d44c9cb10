/** A scenario and its phases. */

/** How a scenario's stimuli went; says nothing about right or wrong. */
export type ScenarioOutcome =
  'completed' | 'login-failed' | 'crashed' | 'timed-out' | 'unsupported' | 'interrupted' | 'error';

export interface ScenarioBegin {
  readonly kind: 'scenario-begin';
  readonly title: string;
  /** Whether the mock enforced the partner rule on the wire or only recorded (design, decision 3). */
  readonly mode: 'strict' | 'salesforce' | 'observing';
}

export interface ScenarioEnd {
  readonly kind: 'scenario-end';
  readonly outcome: ScenarioOutcome;
  /** One sentence: why it did not complete. */
  readonly detail?: string;
  readonly durationMs: number;
  readonly schedules?: {
    readonly explored: number;
    readonly of: number;
    readonly violating: number;
  };
}

/** A named point inside a scenario. Checks use it to tell "before" from "after": `chain`, `restart`, `probe` … */
export interface Phase {
  readonly kind: 'phase';
  readonly phase: string;
  readonly detail?: string;
}
