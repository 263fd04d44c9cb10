/** Selects the parts of a history that a report shows in full: evidence, and the events of scenarios with failures. Bounded. */
import type { Report } from '../../src/grade/report.ts';
import type { Event } from '../../src/history/event.ts';
import type { Trail, TrailExchange } from './trail.ts';

/** Limits on what a report shows in full; the page lowers them when it gets too large. */
export interface Limits {
  /** Exchanges in the whole report. */
  readonly exchanges: number;
  /** Exchanges, and as many other events, of a scenario in which a check failed. */
  readonly perScenario: number;
  /** The same for every other scenario. */
  readonly perCalmScenario: number;
  /** Lines of evidence of one verdict in one scenario. */
  readonly lines: number;
  /** Characters of one text from the client. */
  readonly text: number;
}

/** What a report shows of one scenario; the rest is counted only. */
export interface ShownScenario {
  readonly id: string;
  readonly exchanges: readonly TrailExchange[];
  readonly others: readonly Event[];
  readonly hiddenExchanges: number;
  readonly hiddenEvents: number;
  /** Whether a check or the harness failed in this scenario. */
  readonly failing: boolean;
}

/** What a report shows in full, chosen by `select`. */
export interface Selection {
  readonly scenarios: ReadonlyMap<string, ShownScenario>;
  /** Numbers of the events that a check cites. */
  readonly evidence: ReadonlySet<number>;
  /** Returns whether the report shows the event in full, so that links can lead to it. */
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

/** Kinds of events that repeat what the report shows in another place. */
const DULL: ReadonlySet<Event['kind']> = new Set([
  'run-begin',
  'run-end',
  'scenario-begin',
  'scenario-end',
  'process-begin',
]);

/** Takes evidence first, then, of a failing scenario, the other items from the beginning; at most `room`, in their original order. */
function pick<T>(all: readonly T[], evidence: (item: T) => boolean, failing: boolean, room: number): readonly T[] {
  const chosen = new Set<T>();
  for (const item of all) if (chosen.size < room && evidence(item)) chosen.add(item);
  if (failing) for (const item of all) if (chosen.size < room) chosen.add(item);
  return all.filter((item) => chosen.has(item));
}
