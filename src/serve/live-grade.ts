/** Grades a session while it is active: whenever the client has become idle, using at most a tenth of the time. */
import { grade, type Catalogue, type Graded } from '../grade/grade.ts';
import type { Event } from '../history/event.ts';

/** The verdicts of an active session. */
export interface LiveGrade {
  see(event: Event): void;
  /** The newest verdicts. The first access grades the events so far, which include `run-begin`. */
  readonly graded: Graded;
  /** Whether the history is too long to be graded repeatedly; the report grades all of it. */
  readonly full: boolean;
  stop(): void;
}

/** Options of `createLiveGrade`. */
export interface LiveGradeParts {
  readonly catalogue: Catalogue;
  readonly onGraded: () => void;
  /** Idle time in milliseconds after which it grades. Default: 200. */
  readonly idleMs?: number;
  /** Most events in memory. Default: 20,000. */
  readonly most?: number;
}

/** Number of idle times after which a busy client is graded anyway. */
const PATIENCE = 10;
/** Pause after a grading as a multiple of its duration: after 20 ms the next one is at least 200 ms later. */
const SHARE = 10;

/** Creates the live verdicts of a session. */
export function createLiveGrade({ catalogue, onGraded, idleMs = 200, most = 20_000 }: LiveGradeParts): LiveGrade {
  const events: Event[] = [];
  let graded: Graded | undefined;
  let timer: NodeJS.Timeout | undefined;
  let firstUngradedAt = 0;
  let notBefore = 0;
  let full = false;
  let stopped = false;

  /** Grades as if the session ended now: missing events are open, not interrupted. */
  const gradeSoFar = (): Graded => {
    const { seq = 0, t = 0 } = events.at(-1) ?? {};
    const end: Event = { seq: seq + 1, t, scenario: '', prev: '', kind: 'run-end', outcome: 'completed' };
    return grade([...events, end], catalogue);
  };
  const run = (): void => {
    timer = undefined;
    const begun = performance.now();
    graded = gradeSoFar();
    notBefore = performance.now() + SHARE * (performance.now() - begun);
    onGraded();
  };
  return {
    see(event) {
      if (stopped || full) return;
      if (events.length >= most) {
        full = true;
        onGraded();
        return;
      }
      events.push(event);
      const at = performance.now();
      if (timer === undefined) firstUngradedAt = at;
      clearTimeout(timer);
      const latest = firstUngradedAt + PATIENCE * idleMs;
      const due = Math.max(Math.min(at + idleMs, latest), notBefore);
      timer = setTimeout(run, Math.max(0, due - at));
    },
    get graded() {
      return (graded ??= gradeSoFar());
    },
    get full() {
      return full;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
