/** Every recorded history of the repository, and what it would be had the client answered otherwise or the harness been interrupted. */
import { sampleEvents } from '../../../test-kit/sample-history.ts';
import type { Event, EventBody, EventOf } from '../../../src/history/event.ts';
import { readPack } from './pack.ts';

/** A client and what it did. */
export interface RecordedHistory {
  readonly name: string;
  readonly events: readonly Event[];
}

/** Reads all recordings: the whole runs of both samples, then the deciding parts of the proof clients. */
export function recordedHistories(): readonly RecordedHistory[] {
  const samples = (['compliant', 'failing'] as const).map((name) => ({ name, events: sampleEvents(name) }));
  return [...samples, ...readPack()];
}

/** Returns the history of a client that did the same and answered every action with `ok`, but those that it declared unsupported. */
export const answeredOk = (events: readonly Event[]): readonly Event[] =>
  rewritten(events, (end) =>
    end.result === 'unsupported' ? end : { ...end, result: 'ok', error: undefined, reauthorize: undefined },
  );

/** Returns the history of a client that did the same and reported every action as failed. */
export const answeredFailed = (events: readonly Event[]): readonly Event[] =>
  rewritten(events, (end) => ({ ...end, result: 'failed', error: 'It did not work.', status: undefined }));

const rewritten = (
  events: readonly Event[],
  answer: (end: EventOf<'verb-end'>) => EventOf<'verb-end'>,
): readonly Event[] => events.map((event) => (event.kind === 'verb-end' ? answer(event) : event));

/**
 * Returns what is recorded of one scenario when the harness is interrupted after the first `count` of its events.
 *
 * @param by `signal`: the harness ends the client and writes that down; `kill`: the harness is killed itself and writes nothing
 */
export function cutAfter(scenario: readonly Event[], count: number, by: 'signal' | 'kill'): readonly Event[] {
  const seen = scenario.slice(0, count);
  const last = seen.at(-1);
  if (by === 'kill' || last === undefined) return seen;
  const ended = new Set(seen.flatMap((event) => (event.kind === 'verb-end' ? [event.verb] : [])));
  const open = seen.filter(
    (event): event is EventOf<'verb-begin'> => event.kind === 'verb-begin' && !ended.has(event.verb),
  );
  const written: readonly EventBody[] = [
    ...open.map(
      ({ verb, name, process }) => ({ kind: 'verb-end', verb, name, process, result: 'interrupted' }) as const,
    ),
    { kind: 'scenario-end', outcome: 'interrupted', durationMs: last.t },
  ];
  const { t, prev, scenario: id } = last;
  return [...seen, ...written.map((body, at) => ({ ...body, seq: last.seq + 1 + at, t, prev, scenario: id }))];
}
