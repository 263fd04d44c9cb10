/** What a run reports while it goes on. People watch it; nothing depends on it. */
import type { ScenarioOutcome } from '../history/event.ts';

export interface ScenarioStart {
  readonly id: string;
  readonly title: string;
  /** Counts from 1. */
  readonly n: number;
  /** How many there are in all. */
  readonly of: number;
}

export interface ScenarioResult {
  readonly id: string;
  readonly outcome: ScenarioOutcome;
  readonly durationMs: number;
}

/** Several scenarios may be under way at once. None of these ever throws. */
export interface Progress {
  scenario(begin: ScenarioStart): void;
  scenarioDone(result: ScenarioResult): void;
  /** One sentence for the person who watches. */
  note(text: string): void;
}
