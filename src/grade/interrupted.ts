/** Limits what may be judged of an interrupted scenario: by a signal, the end of its process or a fault of the harness. Pure. */
import type { Event, EventOf } from '../history/event.ts';

/** Returns the events without those after the first action that was never answered, and without the actions that were open with it: the
 * client had no time to do the right thing. Earlier failures count. After a fault of the mock or the harness nothing counts. The events
 * of a completed scenario are returned unchanged. */
export function judgeable(events: readonly Event[]): readonly Event[] {
  const end = events.findLast((event) => event.kind === 'scenario-end');
  const failure = events.findIndex((event) => event.kind === 'note' && event.harnessFault === true);
  if (failure < 0 && end !== undefined && end.outcome !== 'interrupted') return events;
  const seen = failure < 0 ? events : events.slice(0, failure);
  const cut = firstLeftOpen(seen);
  if (cut === events.length) return events;
  return [...seen.slice(0, cut), ...(end === undefined ? [] : [end])];
}

/** Returns the answers that the harness caused: it ended the client while the action was open, and no `restart` that began meanwhile was
 * the reason. A finding that rests on one of them shows nothing about the client. */
export function cutOff(events: readonly Event[]): readonly EventOf<'verb-end'>[] {
  const begun = new Map<number, EventOf<'verb-begin'>>();
  /** Event number of the last `restart`, by user. */
  const restarts = new Map<string, number>();
  /** Processes that the harness has ended. Histories of earlier versions record actions that were open then as `died`. */
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

/** Returns where the first action begins that is answered only after that place, or never; the length when there is none. */
function firstLeftOpen(events: readonly Event[]): number {
  const cuts = new Set(cutOff(events).map(({ verb }) => verb));
  const answered = new Map(
    events.flatMap((event, at) => (event.kind === 'verb-end' && !cuts.has(event.verb) ? [[event.verb, at]] : [])),
  );
  let cut = events.length;
  // Backwards, because an action that is answered after the cut moves it further to the front.
  for (let at = events.length - 1; at >= 0; at -= 1) {
    const event = events[at];
    if (event?.kind === 'verb-begin' && (answered.get(event.verb) ?? Infinity) >= cut) cut = at;
  }
  return cut;
}
