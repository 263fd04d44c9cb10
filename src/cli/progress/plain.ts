/** Shows progress as lines that are only appended, for logs and CI. */
import type { ScenarioOutcome } from '../../history/event.ts';
import type { Progress, ScenarioStart } from '../../run/progress.ts';

const ENDINGS: Readonly<Record<ScenarioOutcome, string>> = {
  completed: 'done',
  'login-failed': 'login failed',
  crashed: 'the client crashed',
  'timed-out': 'timed out',
  unsupported: 'not supported',
  interrupted: 'interrupted',
  error: 'the harness failed',
};

/** Writes one line for each finished scenario: ` 6/30 herd: done (1.2 s)`. */
export function plainProgress(say: (line: string) => void): Progress {
  const begun = new Map<string, ScenarioStart>();
  return {
    scenario: (start) => void begun.set(start.id, start),
    scenarioDone: ({ id, outcome, durationMs }) => {
      const start = begun.get(id);
      const place = start === undefined ? '' : `${String(start.n).padStart(String(start.of).length)}/${start.of} `;
      say(`${place}${id}: ${ending(outcome)} (${seconds(durationMs)})`);
    },
    note: (text) => say(text),
  };
}

/** Describes how a scenario ended, in words. */
export function ending(outcome: ScenarioOutcome): string {
  return ENDINGS[outcome];
}

/** Formats a duration: `1.2 s`. */
export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
