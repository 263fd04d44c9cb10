/** Leaves out the plays of scenarios that were played again. */
import type { Event } from './event.ts';

/**
 * Returns the events without those of a play that ended with `repeated`: an action had timed out while other scenarios ran, or the
 * instance that played it is gone. The scenario is judged by its last play. Pure.
 */
export function judgedPlays(events: readonly Event[]): readonly Event[] {
  const repeatedUntil = new Map<string, number>();
  for (const event of events) {
    if (event.kind === 'scenario-end' && event.repeated === true) repeatedUntil.set(event.scenario, event.seq);
  }
  if (repeatedUntil.size === 0) return events;
  return events.filter(({ scenario, seq }) => seq > (repeatedUntil.get(scenario) ?? -1));
}
