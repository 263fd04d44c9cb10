/** The made-up run with a history of any length: many more calls and refreshes that no verdict rests on. */
import type { Event } from '../../src/history/event.ts';
import { sampleRun } from './sample-run.ts';
import type { SampleRun } from './sample-run.ts';

/** Repeats the honest exchanges of the scenario `chain` and the failing ones of `herd` until there are `events` events. */
export function longRun(events: number): SampleRun {
  const { report, history } = sampleRun();
  const pattern = history.filter(({ scenario }) => scenario === 'chain' || scenario === 'herd');
  const long: Event[] = [...history];
  for (let round = 1; long.length < events; round += 1)
    for (const event of pattern) {
      if (event.kind === 'scenario-begin' || event.kind === 'scenario-end') continue;
      const later = { ...event, seq: long.length + 1, t: event.t + round * 4000 };
      if ('exchange' in later && later.exchange !== undefined)
        long.push({ ...later, exchange: later.exchange + round * 1000, ...('begunAt' in later ? { begunAt: later.begunAt + round * 4000 } : {}) } as Event);
      else long.push(later);
    }
  return { report, history: long };
}
