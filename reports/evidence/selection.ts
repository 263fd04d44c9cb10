/** Chooses what of a history is shown in full: what is evidence, and what happened in scenarios that failed. Bounded. */
import type { Report } from '../../src/grade/report.ts';
import type { Event } from '../../src/history/event.ts';
import type { Trail, TrailExchange } from './trail.ts';

export interface Limits {
  /** Exchanges shown in full, in the whole report. */
  readonly exchanges: number;
  /** Exchanges, and as many other events, of a scenario in which something failed. */
  readonly perScenario: number;
  /** The same of any other scenario. */
  readonly perCalmScenario: number;
  /** Lines of evidence of one verdict in one scenario. */
  readonly lines: number;
  /** Characters of one client text. */
  readonly text: number;
}

/** What a report shows of one scenario; the rest is only counted. */
export interface ShownScenario {
  readonly id: string;
  readonly exchanges: readonly TrailExchange[];
  readonly others: readonly Event[];
  readonly hiddenExchanges: number;
  readonly hiddenEvents: number;
  /** A check failed here, or the harness did. */
  readonly failing: boolean;
}

export interface Selection {
  readonly scenarios: ReadonlyMap<string, ShownScenario>;
  /** Event numbers that a check rests on. */
  readonly evidence: ReadonlySet<number>;
  /** True when the event has a place of its own in the report. */
  shows(seq: number): boolean;
}

/** Selects the exchanges and events that a report shows in full, within limits. */
export function select(report: Report, trail: Trail, limits: Limits): Selection {
  const evidence = new Set<number>();
  const failing = new Set<string>();
  for (const check of report.checks)
    for (const { id, verdict, evidence: seqs } of check.scenarios) {
      if (verdict === 'fail' || verdict === 'error') failing.add(id);
      for (const seq of seqs) evidence.add(seq);
    }
  for (const { id, outcome } of report.scenarios) if (outcome === 'crashed' || outcome === 'error') failing.add(id);

  let room = limits.exchanges;
  const seen = new Set<number>();
  const scenarios = new Map<string, ShownScenario>();
  const inOrder = [...trail.scenarios.values()].toSorted(
    (a, b) => Number(failing.has(b.id)) - Number(failing.has(a.id)),
  );
  for (const { id, exchanges, others } of inOrder) {
    const isEvidence = ({ request, response, rotation }: TrailExchange): boolean =>
      [request, response, rotation].some((event) => event !== undefined && evidence.has(event.seq));
    const bad = failing.has(id);
    const most = bad ? limits.perScenario : limits.perCalmScenario;
    const chosen = pick(exchanges, isEvidence, bad, Math.min(most, room));
    const informative = others.filter(({ kind }) => !DULL.has(kind));
    const chosenOthers = pick(informative, ({ seq }) => evidence.has(seq), bad, most);
    room -= chosen.length;
    for (const { request, response, rotation } of chosen)
      for (const event of [request, response, rotation]) if (event !== undefined) seen.add(event.seq);
    for (const { seq } of chosenOthers) seen.add(seq);
    scenarios.set(id, {
      id,
      exchanges: chosen,
      others: chosenOthers,
      hiddenExchanges: exchanges.length - chosen.length,
      hiddenEvents: informative.length - chosenOthers.length,
      failing: bad,
    });
  }
  return { scenarios, evidence, shows: (seq) => seen.has(seq) };
}

/** Kinds that say nothing which the report does not say elsewhere. */
const DULL: ReadonlySet<Event['kind']> = new Set([
  'run-begin',
  'run-end',
  'scenario-begin',
  'scenario-end',
  'process-begin',
]);

/** Evidence first, then (of a failing scenario) the rest from the beginning; at most `room`, in the order in which they came. */
function pick<T>(all: readonly T[], evidence: (item: T) => boolean, failing: boolean, room: number): readonly T[] {
  const chosen = new Set<T>();
  for (const item of all) if (chosen.size < room && evidence(item)) chosen.add(item);
  if (failing) for (const item of all) if (chosen.size < room) chosen.add(item);
  return all.filter((item) => chosen.has(item));
}
