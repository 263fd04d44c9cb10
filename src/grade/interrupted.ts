/** What may be judged of a scenario that was broken off: the process was killed, the run was interrupted, or the harness failed. Pure. */
import type { Event } from '../history/event.ts';

/**
 * Without what came after the first verb that was never answered, nor the verbs that were open with it: the client did not get the time to do
 * what is right, and nobody saw whether it would have. What was wrong before counts. Where the mock or the harness failed, everything from there on
 * is as if it had not been seen. A scenario that came to its end by itself is left as it is.
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

/** Where the first verb begins that is answered only behind that place, or never; the length when there is none. */
function firstLeftOpen(events: readonly Event[]): number {
  const answered = new Map(
    events.flatMap((event, at) => (event.kind === 'verb-end' ? [[event.verb, at] as const] : [])),
  );
  let cut = events.length;
  // Backwards: what is answered only behind the cut moves it further to the front.
  for (let at = events.length - 1; at >= 0; at -= 1) {
    const event = events[at];
    if (event?.kind === 'verb-begin' && (answered.get(event.verb) ?? Infinity) >= cut) cut = at;
  }
  return cut;
}
