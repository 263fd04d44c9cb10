/** Keeps the history of a run in the database while it is written: in groups, in order, and whole before the next scenario begins. */
import type { Event } from '../../history/event.ts';
import type { Line, RunStore, ScenarioEnd } from '../store/run-store.ts';

export interface Keeper {
  /** Takes an event that was just appended. */
  see(event: Event): void;
  /** Resolves when everything seen so far is in the database; rejects when that has failed for good. */
  kept(): Promise<void>;
}

/** Lines gather so long, in milliseconds, unless a scenario ends. */
const GATHER_MS = 250;
/** A database that is away is waited for, in milliseconds. */
const PATIENCE_MS = 30_000;
const RETRY_MS = 500;
/** PostgreSQL's code of a row that is there already: another instance plays the run. */
const UNIQUE_VIOLATION = '23505';

/** Returns the keeper of one run. `onLost` is called once when lines cannot be kept. */
export function createKeeper(store: Pick<RunStore, 'append'>, onLost: (error: unknown) => void): Keeper {
  let lines: Line[] = [];
  let ended: ScenarioEnd[] = [];
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let lost = false;

  const write = async (group: readonly Line[], ends: readonly ScenarioEnd[]): Promise<void> => {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        await store.append(group, ends);
        return;
      } catch (error) {
        if (codeOf(error) === UNIQUE_VIOLATION || performance.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length > 0) {
      const [group, ends] = [lines, ended];
      [lines, ended] = [[], []];
      writing = writing.then(() => write(group, ends));
      writing.catch((error: unknown) => {
        if (!lost) onLost(error);
        lost = true;
      });
    }
    return writing;
  };
  return {
    see(event) {
      lines.push({ seq: event.seq, line: JSON.stringify(event) });
      // A play that is repeated is not its scenario's end.
      if (event.kind === 'scenario-end' && event.repeated !== true) {
        const { scenario: id, outcome, durationMs, seq } = event;
        ended.push({ id, outcome, durationMs, seq });
        void flush().catch(() => undefined);
      } else timer ??= setTimeout(() => void flush().catch(() => undefined), GATHER_MS);
    },
    kept: flush,
  };
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
