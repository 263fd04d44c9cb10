/** What the events that a finding cites show, counted and measured anew; shares nothing with the checks. */
import type { Event, EventOf } from '../../../src/history/event.ts';
import type { RequestFacts } from '../../../src/history/facts.ts';
import type { ReportScenarioVerdict } from '../../../src/grade/report.ts';

/** What a finding cites, of one scenario of a recording. */
export interface Cited {
  readonly verdict: ReportScenarioVerdict;
  /** All events of the scenario. */
  readonly scenario: readonly Event[];
  readonly run: EventOf<'run-begin'>['run'];
  readonly app: EventOf<'run-begin'>['app'];
}

type Request = EventOf<'request'>;

const citedEvents = ({ verdict, scenario }: Cited): readonly Event[] =>
  scenario.filter(({ seq }) => verdict.evidence.includes(seq));
export const citedRequests = (cited: Cited): readonly Request[] =>
  citedEvents(cited).filter((event): event is Request => event.kind === 'request');
export const ofKind = (cited: Cited, kind: RequestFacts['kind']): number =>
  citedRequests(cited).filter(({ facts }) => facts.kind === kind).length;
export const ends = (cited: Cited): readonly EventOf<'verb-end'>[] =>
  citedEvents(cited).filter((event): event is EventOf<'verb-end'> => event.kind === 'verb-end');
export const tokenRequests = (cited: Cited): number => ofKind(cited, 'token');
const responseTo = ({ scenario }: Cited, { exchange }: Request): EventOf<'response'> | undefined =>
  scenario.find((event): event is EventOf<'response'> => event.kind === 'response' && event.exchange === exchange);

/** The days by which the cited events moved the clock. */
export function daysPassed(cited: Cited): readonly number[] {
  const lengthsMs = citedEvents(cited).flatMap((event) =>
    event.kind === 'control' && event.action === 'age' ? [Number(event.detail?.replace(' ms', ''))] : [],
  );
  return [lengthsMs.reduce((sum, one) => sum + one, 0) / 86_400_000];
}

/** Cited API requests that were answered with one of these statuses. */
export const answeredWith = (cited: Cited, among: readonly number[]): number =>
  citedRequests(cited).filter(
    (one) => one.facts.kind === 'resource' && among.includes(responseTo(cited, one)?.status ?? 0),
  ).length;

/** Cited token requests that carry the token which the message names, or all where it names none. */
export function carrying(cited: Cited): readonly Request[] {
  const [label] = /RT#\d+/u.exec(cited.verdict.message ?? '') ?? [];
  const all = citedRequests(cited).filter(({ facts }) => facts.kind === 'token');
  return label === undefined
    ? all
    : all.filter(({ facts }) => facts.kind === 'token' && facts.refreshToken?.label === label);
}

/** The calls of the phases in which the cited events lie. */
export function callsAround(cited: Cited): number {
  const phases = cited.scenario.filter((event) => event.kind === 'phase').map(({ seq }) => seq);
  const phaseOf = (seq: number): number => phases.findLast((start) => start <= seq) ?? 0;
  const around = new Set(cited.verdict.evidence.map(phaseOf));
  return cited.scenario.filter(
    (event) => event.kind === 'verb-begin' && event.name === 'call' && around.has(phaseOf(event.seq)),
  ).length;
}

/** Milliseconds between any two moments of the cited events: arrivals, first bytes and the ends of answers. */
export function gaps(cited: Cited): readonly number[] {
  const moments = citedEvents(cited).flatMap((event) => {
    if (event.kind !== 'request') return [event.t];
    const end = responseTo(cited, event)?.t;
    return [event.begunAt, event.t, ...(end === undefined ? [] : [end])];
  });
  return moments.flatMap((one) => moments.map((other) => Math.abs(other - one)));
}

/** The most cited requests with the token of the message that were open at one moment. */
export function atOnce(cited: Cited): number {
  const spans = carrying(cited).map((one) => ({ from: one.begunAt, to: responseTo(cited, one)?.t ?? Infinity }));
  return Math.max(0, ...spans.map(({ from: at }) => spans.filter(({ from, to }) => from <= at && to > at).length));
}

/** Every number that was measured of a cited request. */
export function measured(cited: Cited): readonly number[] {
  const numbers = (value: unknown): readonly number[] =>
    typeof value === 'number'
      ? [Math.floor(value), Math.round(value)]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(numbers)
        : [];
  const issued = citedRequests(cited).flatMap((one) => numbers(responseTo(cited, one)?.issued));
  return [...citedRequests(cited).flatMap(({ facts }) => numbers(facts)), ...issued];
}

export const statuses = (cited: Cited): readonly number[] =>
  cited.scenario.flatMap((event) => (event.kind === 'response' ? [event.status] : []));

/** Permission bits of the files that a cited look at the client's storage saw. */
export const modes = (cited: Cited): readonly number[] =>
  citedEvents(cited).flatMap((event) => (event.kind === 'state' ? event.files.map(({ mode }) => Number(mode)) : []));

/** Distinct codes and refresh tokens of the cited token requests. */
export function sentValues(cited: Cited): number {
  const labels = citedRequests(cited).flatMap(({ facts }) =>
    facts.kind === 'token' ? [facts.code?.label, facts.refreshToken?.label] : [],
  );
  return new Set(labels.filter((label) => label !== undefined)).size;
}

/** Which refresh of the scenario each cited one is, counted from 1 since the phase in which the chain begins. */
export function places(cited: Cited): readonly number[] {
  const start = cited.scenario.find((event) => event.kind === 'phase' && event.phase === 'chain')?.seq ?? 0;
  const refreshes = cited.scenario.filter(
    (event) => event.kind === 'request' && event.facts.kind === 'token' && event.facts.refreshToken !== null,
  );
  const since = [refreshes, refreshes.filter(({ seq }) => seq > start)];
  return since.flatMap((all) => all.flatMap(({ seq }, at) => (cited.verdict.evidence.includes(seq) ? [at + 1] : [])));
}

export const phasesNamed = ({ scenario }: Cited, name: string): number =>
  scenario.filter((event) => event.kind === 'phase' && event.phase === name).length;

/** The faults of the first sequence of mixed operations, in order; undefined for an operation that is none. */
export function operations({ scenario }: Cited): readonly (string | undefined)[] {
  const phases = scenario.filter((event) => event.kind === 'phase');
  const second = phases.filter(({ phase }) => phase === 'operations')[1]?.seq ?? Infinity;
  return phases
    .filter(({ phase, seq }) => phase === 'op' && seq < second)
    .map(({ detail = '{}' }) => (JSON.parse(detail) as { readonly fault?: string }).fault);
}

/** Ordered pairs of faults that came one after the other. */
export function pairs(cited: Cited): number {
  const faults = operations(cited).filter((fault) => fault !== undefined);
  return new Set(faults.slice(1).map((fault, at) => `${faults[at] ?? ''} ${fault}`)).size;
}

const beforeRestart = (scenario: readonly Event[]): readonly Event[] => {
  const end = scenario.findIndex((event) => event.kind === 'phase' && event.phase === 'restart');
  return end < 0 ? scenario : scenario.slice(0, end);
};

/** Refreshes that were answered with success before the client was restarted. */
export const rotations = ({ scenario }: Cited): number =>
  beforeRestart(scenario).filter(
    (event) =>
      event.kind === 'response' &&
      event.endpoint === 'token' &&
      event.status === 200 &&
      (event.issued?.generation ?? 0) > 0,
  ).length;

/** Calls, and token requests, of the phase that follows a rejection. */
export function inStorm({ scenario }: Cited, fits: (event: Event) => boolean): number {
  const start = scenario.findIndex((event) => event.kind === 'phase' && event.phase === 'storm');
  const length = scenario.slice(start + 1).findIndex((event) => event.kind === 'phase');
  return scenario.slice(start, length < 0 ? undefined : start + 1 + length).filter(fits).length;
}
