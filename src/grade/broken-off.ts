/** What may be judged of a scenario that was broken off: the process was killed, or the run was interrupted. Pure. */
import type { Event } from '../history/event.ts';

/**
 * Without what came after the first verb that was never answered, nor the verbs that were open with it: the client did not get the time to do
 * what is right, and nobody saw whether it would have. What was wrong before counts. A scenario that came to its end is left as it is.
 */
export function judgeable(events: readonly Event[]): readonly Event[] {
  const end = events.findLast((event) => event.kind === 'scenario-end');
  if (end !== undefined && end.outcome !== 'interrupted') return events;
  const answered = new Map(
    events.flatMap((event, at) => (event.kind === 'verb-end' ? [[event.verb, at] as const] : [])),
  );
  let cut = events.length;
  // Backwards: what is answered only behind the cut moves it further to the front.
  for (let at = events.length - 1; at >= 0; at -= 1) {
    const event = events[at];
    if (event?.kind === 'verb-begin' && (answered.get(event.verb) ?? Infinity) >= cut) cut = at;
  }
  return cut === events.length ? events : [...events.slice(0, cut), ...(end === undefined ? [] : [end])];
}
