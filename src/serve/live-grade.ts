/** Verdicts while a session goes on: graded again when the client has fallen silent, and never more than a tenth of the time. */
import { grade, type Catalogue, type Graded } from '../grade/grade.ts';
import type { Event } from '../history/event.ts';

export interface LiveGrade {
  see(event: Event): void;
  /** The newest verdicts. The first call grades what has been seen, which holds a `run-begin`. */
  readonly graded: Graded;
  /** The history has grown too long to be graded again and again; the report grades all of it. */
  readonly full: boolean;
  stop(): void;
}

export interface LiveGradeParts {
  readonly catalogue: Catalogue;
  readonly onGraded: () => void;
  /** Silence after which it grades, in milliseconds. Default 200. */
  readonly idleMs?: number;
  /** Events that are held in memory. Default 20,000. */
  readonly most?: number;
}

/** A busy client never falls silent: after so many idle times it is graded all the same. */
const PATIENCE = 10;
/** After a grading of 20 ms the next one comes 200 ms later at the earliest. */
const SHARE = 10;

/** Grades a session while it goes on. */
export function createLiveGrade({ catalogue, onGraded, idleMs = 200, most = 20_000 }: LiveGradeParts): LiveGrade {
  const events: Event[] = [];
  let graded: Graded | undefined;
  let timer: NodeJS.Timeout | undefined;
  let firstUngradedAt = 0;
  let notBefore = 0;
  let full = false;
  let stopped = false;

  /** As if the session ended now: what has not happened yet is open, not broken off. */
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
