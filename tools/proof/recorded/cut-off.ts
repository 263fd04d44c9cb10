/** What would fail in a recorded run only because the harness was interrupted. */
import type { Check, RunFacts } from '../../../src/grade/check.ts';
import { grade } from '../../../src/grade/grade.ts';
import { judgeable } from '../../../src/grade/interrupted.ts';
import { judgeCheck } from '../../../src/grade/judge.ts';
import type { ReportCheck } from '../../../src/grade/report.ts';
import type { Event } from '../../../src/history/event.ts';
import { scenarioHistory } from '../../../src/history/query.ts';
import { cutAfter, type RecordedHistory } from './histories.ts';

/** Where a recording is cut. */
export interface Cuts {
  readonly by: readonly ('signal' | 'kill')[];
  /** Returns how many events lie between two cuts of a scenario with that many events. */
  readonly stride: (events: number) => number;
}

/** What came of it. */
export interface CutOff {
  /** One sentence each. */
  readonly failures: readonly string[];
  /** How many histories were judged. */
  readonly tried: number;
}

/** Returns the MUSTs that fail in a recording that is cut off although the whole recording neither fails them nor has them blocked. */
export function failuresByCut({ name, events }: RecordedHistory, checks: readonly Check[], cuts: Cuts): CutOff {
  const [begin] = events;
  if (begin?.kind !== 'run-begin') throw new TypeError('A history begins with a run-begin event.');
  const whole = grade(events, { checks, requirements: [] });
  const facts: RunFacts = { app: begin.app, run: begin.run, begin, observed: whole.run.observed, interrupted: true };
  const bad = new Set(whole.checks.filter(isBad).map(({ id }) => id));
  const right = checks.filter(({ id, level }) => level === 'MUST' && !bad.has(id));
  const failures: string[] = [];
  let tried = 0;
  for (const [id, part] of Map.groupBy(events, ({ scenario }) => scenario)) {
    const readers = right.filter(({ scenarios }) => scenarios.includes(id));
    for (const left of readers.length === 0 ? [] : leftAfter(part, cuts)) {
      tried += 1;
      const histories = new Map([[id, scenarioHistory(id, left)]]);
      for (const check of readers) {
        const { verdict, message } = judgeCheck(check, histories, facts);
        if (verdict === 'fail' || verdict === 'error') failures.push(`${name}: ${check.id} in ${id}: ${message}`);
      }
    }
  }
  return { failures, tried };
}

const isBad = ({ verdict, blockedBy, scenarios }: ReportCheck): boolean =>
  verdict === 'fail' || blockedBy !== undefined || scenarios.some((scenario) => scenario.verdict === 'fail');

/** What may be judged of a scenario after each cut; nothing twice in a row. */
function* leftAfter(part: readonly Event[], { by, stride }: Cuts): Iterable<readonly Event[]> {
  const step = stride(part.length);
  for (const way of by) {
    let length = -1;
    // Begins at another event in each recording, so that together they are cut at every place.
    for (let count = 1 + (part.length % step); count < part.length; count += step) {
      const left = judgeable(cutAfter(part, count, way));
      if (left.length !== length) yield left;
      length = left.length;
    }
  }
}
