/** The history of a run that went on at another instance: each scenario from the part in which it came to its end. Pure. */
import { isRefusal } from '../../grade/refusal.ts';
import type { Event } from '../../history/event.ts';
import { renumber } from '../../run/renumber.ts';

/** Returns the ids of scenarios that came to their end; one that was interrupted or is played again did not. */
export function finishedIn(events: readonly Event[]): ReadonlySet<string> {
  const ended = events.flatMap((event) =>
    event.kind === 'scenario-end' && event.repeated !== true && event.outcome !== 'interrupted' ? [event.scenario] : [],
  );
  return new Set(ended);
}

/** Whether strict refused the client in pre-flight, which decides how all other scenarios are played. */
export const wasRefused = (events: readonly Event[]): boolean =>
  events.some((event) => event.scenario === 'strict' && event.kind === 'response' && isRefusal(event));

/**
 * Returns one history of several parts, the last of which came to its end. What a part recorded of a scenario that it did not finish is
 * left out whole. `prev` is not right yet.
 *
 * @param id of the folder that holds it
 */
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
    // Its signature was over the beginning of the first part.
    const { signature: _signature, ...begin } = event;
    return { ...begin, run: { ...begin.run, id } };
  });
}
