/** A recording as lines that two runs of the same client have in common: no times, no labels' numbers, no random values. */
import type { Event, EventOf } from '../../src/history/event.ts';

/** Facts that depend on random values, or that count events of the run. */
const RANDOM = new Set([
  'fingerprint',
  'length',
  'entropyBits',
  'alphabet',
  'commonPrefix',
  'commonSuffix',
  'tilde',
  'marker',
]);
const COUNTS = new Set(['seenBefore', 'matches', 'login']);

/**
 * Returns for each scenario the requests in order of arrival, a line each: endpoint, method, the answer's status, how many other
 * requests were open, then the names of headers and fields, then the facts.
 */
export function transcript(events: readonly Event[]): ReadonlyMap<string, readonly string[]> {
  const answers = new Map(
    events.filter((event) => event.kind === 'response').map((event) => [event.exchange, event] as const),
  );
  const scenarios = new Map<string, string[]>();
  const open = new Set<number>();
  for (const event of events) {
    if (event.kind === 'response') open.delete(event.exchange);
    if (event.kind !== 'request') continue;
    const lines = scenarios.get(event.scenario) ?? [];
    scenarios.set(event.scenario, lines);
    lines.push(requestLine(event, answers.get(event.exchange), open.size));
    open.add(event.exchange);
  }
  return scenarios;
}

function requestLine(request: EventOf<'request'>, answer: EventOf<'response'> | undefined, open: number): string {
  const names = (list: readonly { readonly name: string }[]): string => list.map(({ name }) => name).join(',');
  return [
    `${request.browser ? 'browser ' : ''}${request.host} ${request.endpoint} ${request.method}`,
    `→ ${answerText(answer)}`,
    `open=${String(open)}`,
    `headers=${names(request.headers).toLowerCase()}`,
    `query=${names(request.query)}`,
    `body=${names(request.body)}`,
    `facts=${JSON.stringify(request.facts, steady)}`,
  ].join(' ');
}

function answerText(answer: EventOf<'response'> | undefined): string {
  if (answer === undefined) return 'no answer';
  const issued = Object.keys(answer.issued ?? {});
  return [
    String(answer.status),
    answer.delivered,
    answer.error ?? '',
    answer.deniedBy === undefined ? '' : `denied by ${answer.deniedBy}`,
    answer.fault === undefined ? '' : `fault ${answer.fault}`,
    issued.length === 0 ? '' : `issued ${issued.join(',')}`,
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** Replaces what differs between two runs by what does not: `RT#3` by `RT`, an event number by whether there is one. */
function steady(key: string, value: unknown): unknown {
  if (RANDOM.has(key)) return undefined;
  if (COUNTS.has(key)) return Array.isArray(value) ? value.length : value !== null;
  return typeof value === 'string' ? value.replace(/#\d+/gu, '') : value;
}

/** What two transcripts of one scenario do not have in common. */
export interface TranscriptDifference {
  readonly scenario: string;
  /** Lines that only one has, with its sign; empty when only the order differs. */
  readonly lines: readonly string[];
}

/** Compares two transcripts scenario by scenario; requests that only changed places are reported as order. */
export function compareTranscripts(
  before: ReadonlyMap<string, readonly string[]>,
  after: ReadonlyMap<string, readonly string[]>,
): readonly TranscriptDifference[] {
  const scenarios = [...new Set([...before.keys(), ...after.keys()])].sort();
  return scenarios.flatMap((scenario) => {
    const [was, is] = [before.get(scenario) ?? [], after.get(scenario) ?? []];
    if (was.join('\n') === is.join('\n')) return [];
    const lines = [...without(was, is).map((line) => `- ${line}`), ...without(is, was).map((line) => `+ ${line}`)];
    return [{ scenario, lines }];
  });
}

/** The lines of the first that the second has not, each as often as it is missing. */
function without(lines: readonly string[], other: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
