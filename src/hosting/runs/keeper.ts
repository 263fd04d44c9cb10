/** Stores the history of a run in the database while it is recorded: in groups, in order, and completely before the next scenario begins. */
import { HarnessError } from '../../errors.ts';
import type { Event } from '../../history/event.ts';
import { repeat } from '../repeat.ts';
import type { Line, RunStore, ScenarioEnd } from '../store/run-store.ts';

/** Lines gather so long, in milliseconds, unless a scenario ends. */
const GATHER_MS = 250;
const RETRY_MS = 250;

/** Options of `createKeeper`. */
export interface KeeperOptions {
  readonly store: Pick<RunStore, 'append'>;
  /** Milliseconds for which the end of a scenario waits for an unavailable database. */
  readonly holdMs: number;
  /** Limits of the history. */
  readonly most: { readonly events: number; readonly bytes: number };
  /** Called once when a limit is reached. */
  readonly onFull: () => void;
  /** Called once when lines cannot be stored. */
  readonly onLost: (error: unknown) => void;
}

/** Returns the keeper of one run. */
export function createKeeper({ store, holdMs, most, onFull, onLost }: KeeperOptions) {
  let lines: Line[] = [];
  let ended: ScenarioEnd[] = [];
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let lost = false;
  let bytes = 0;

  const write = async (group: readonly Line[], ends: readonly ScenarioEnd[]): Promise<void> => {
    for (;;) {
      try {
        await store.append(group, ends);
        return;
      } catch (error) {
        if (lost || error instanceof HarnessError) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  };
  const lose = (error: unknown): void => {
    if (!lost) onLost(error);
    lost = true;
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length > 0) {
      const [group, ends] = [lines, ended];
      [lines, ended] = [[], []];
      writing = writing.then(() => write(group, ends));
      writing.catch(lose);
    }
    return writing;
  };
  return {
    /** Takes an event that was just appended. */
    see(event: Event): void {
      const line = JSON.stringify(event);
      lines.push({ seq: event.seq, line });
      const wasBelow = event.seq <= most.events && bytes < most.bytes;
      bytes += line.length;
      if (wasBelow && (event.seq === most.events || bytes >= most.bytes)) onFull();
      // The end of an attempt that is repeated is not the end of its scenario.
      if (event.kind === 'scenario-end' && event.repeated !== true) {
        const { scenario: id, outcome, durationMs, seq } = event;
        ended.push({ id, outcome, durationMs, seq });
        void flush().catch(() => undefined);
      } else timer ??= setTimeout(() => void flush().catch(() => undefined), GATHER_MS);
    },
    /** Resolves when everything seen so far is in the database; @throws HarnessError `repeat` when that takes longer than `holdMs`, or the run was ended elsewhere */
    async kept(): Promise<void> {
      const away = Promise.withResolvers<never>();
      const waiting = setTimeout(() => {
        const error = repeat(`The database did not take the scenario within ${String(holdMs)} ms.`);
        lose(error);
        away.reject(error);
      }, holdMs);
      await Promise.race([flush(), away.promise]).finally(() => clearTimeout(waiting));
    },
  };
}

/** Keeps the history of one run. */
export type Keeper = ReturnType<typeof createKeeper>;
