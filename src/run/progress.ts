/** Defines the progress reports of a run. They are for display only. */
import type { ScenarioOutcome } from '../history/event.ts';

/** The beginning of a scenario, as progress reports show it. */
export interface ScenarioStart {
  readonly id: string;
  readonly title: string;
  /** Number of the scenario, from 1. */
  readonly n: number;
  /** Number of all scenarios. */
  readonly of: number;
}

/** The end of a scenario, as progress reports show it. */
export interface ScenarioResult {
  readonly id: string;
  readonly outcome: ScenarioOutcome;
  readonly durationMs: number;
}

/** Receives the progress of a run. Several scenarios may run at once. None of these functions throws. */
export interface Progress {
  scenario(begin: ScenarioStart): void;
  scenarioDone(result: ScenarioResult): void;
  /** Shows one sentence to the user. */
  note(text: string): void;
}
