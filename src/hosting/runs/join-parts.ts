/** Joins the history of a run that continued at another instance: each scenario from the part in which it ended. Pure. */
import { isRefusal } from '../../grade/refusal.ts';
import type { Event } from '../../history/event.ts';
import { renumber } from '../../run/renumber.ts';

/** Returns the ids of scenarios that ended; an interrupted or repeated one did not. */
export function finishedIn(events: readonly Event[]): ReadonlySet<string> {
  const ended = events.flatMap((event) =>
    event.kind === 'scenario-end' && event.repeated !== true && event.outcome !== 'interrupted' ? [event.scenario] : [],
  );
  return new Set(ended);
}

/** Returns whether the strict mock refused the client at the start, which determines the mode of all other scenarios. */
export const wasRefused = (events: readonly Event[]): boolean =>
  events.some((event) => event.scenario === 'strict' && event.kind === 'response' && isRefusal(event));

/** Returns one history made of several parts, the last of which ended. Events of a scenario that a part did not finish are left out.
 * `prev` is not valid yet.
 * @param id id of the folder that holds it */
export function joinParts(
  earlier: readonly (readonly Event[])[],
  last: readonly Event[],
  id: string,
): readonly Event[] {
  const parts = [...earlier, last];
  const home = new Map<string, readonly Event[]>();
  for (const part of earlier) {
    for (const scenario of finishedIn(part)) if (!home.has(scenario)) home.set(scenario, part);
  }
  const joined = renumber(
    parts.map((events, index) => ({
      events,
      keep: ({ kind, scenario }) => {
        if (kind === 'run-begin') return index === 0;
        return scenario === '' ? events === last : (home.get(scenario) ?? last) === events;
      },
    })),
  );
  return joined.map((event) => {
    if (event.kind !== 'run-begin') return event;
    // The signature covered the beginning of the first part.
    const { signature: _signature, ...begin } = event;
    return { ...begin, run: { ...begin.run, id } };
  });
}
