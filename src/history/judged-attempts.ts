/** Leaves out the runs of scenarios that were repeated. */
import type { Event } from './event.ts';

/** Returns the events without those of attempts that ended with `repeated`: an action had timed out while other scenarios ran, or the
 * instance that ran the scenario is gone. Only the last attempt is judged. Pure. */
export function judgedAttempts(events: readonly Event[]): readonly Event[] {
  const repeatedUntil = new Map<string, number>();
  for (const event of events) {
    if (event.kind === 'scenario-end' && event.repeated === true) repeatedUntil.set(event.scenario, event.seq);
  }
  if (repeatedUntil.size === 0) return events;
  return events.filter(({ scenario, seq }) => seq > (repeatedUntil.get(scenario) ?? -1));
}
