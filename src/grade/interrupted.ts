/** What may be judged of a scenario that was interrupted: by a signal, by the end of its process, or by a fault of the harness. Pure. */
import type { Event, EventOf } from '../history/event.ts';

/**
 * Returns the events without those that came after the first action that was never answered, and without the actions that were open with
 * it: the client did not get the time to do what is right. What was wrong before counts. After a fault of the mock or the harness nothing
 * counts. A scenario that ended by itself is returned as it is.
 */
export function judgeable(events: readonly Event[]): readonly Event[] {
  const end = events.findLast((event) => event.kind === 'scenario-end');
  const failure = events.findIndex((event) => event.kind === 'note' && event.harnessFault === true);
  if (failure < 0 && end !== undefined && end.outcome !== 'interrupted') return events;
  const seen = failure < 0 ? events : events.slice(0, failure);
  const cut = firstLeftOpen(seen);
  if (cut === events.length) return events;
  return [...seen.slice(0, cut), ...(end === undefined ? [] : [end])];
}

/**
 * Returns the answers that are none: the harness ended the client while the action was open, and no `restart` that began meanwhile was the
 * reason. A finding that rests on one of them says nothing of the client.
 */
export function cutOff(events: readonly Event[]): readonly EventOf<'verb-end'>[] {
  const begun = new Map<number, EventOf<'verb-begin'>>();
  /** Event number of the last `restart` by user. */
  const restarts = new Map<string, number>();
  /** Processes that the harness has ended. Histories of earlier versions say `died` of what was open then. */
  const ended = new Set<string>();
  return events.filter((event): event is EventOf<'verb-end'> => {
    if (event.kind === 'process-begin') ended.delete(event.process);
    if (event.kind === 'process-end' && event.expected) ended.add(event.process);
    if (event.kind === 'verb-begin') {
      begun.set(event.verb, event);
      if (event.name === 'restart') restarts.set(event.user, event.seq);
    }
    if (event.kind !== 'verb-end') return false;
    const begin = begun.get(event.verb);
    const cut = event.result === 'interrupted' || (event.result === 'died' && ended.has(event.process));
    return cut && begin !== undefined && (restarts.get(begin.user) ?? 0) < begin.seq;
  });
}

/** Where the first action begins that is answered only behind that place, or never; the length when there is none. */
function firstLeftOpen(events: readonly Event[]): number {
  const cuts = new Set(cutOff(events).map(({ verb }) => verb));
  const answered = new Map(
    events.flatMap((event, at) => (event.kind === 'verb-end' && !cuts.has(event.verb) ? [[event.verb, at]] : [])),
  );
  let cut = events.length;
  // Backwards: what is answered only behind the cut moves it further to the front.
  for (let at = events.length - 1; at >= 0; at -= 1) {
    const event = events[at];
    if (event?.kind === 'verb-begin' && (answered.get(event.verb) ?? Infinity) >= cut) cut = at;
  }
  return cut;
}
