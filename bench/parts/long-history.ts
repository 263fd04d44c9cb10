/** A history of any length: the recorded sample of a compliant run, whose exchanges of the soak are said again and again. */
import { sampleEvents } from '../../test-kit/sample-history.ts';
import { openLog } from '../../src/history/open-log.ts';
import type { Event } from '../../src/history/event.ts';

/** Writes `length` events, chained as those of a run are. The events of each scenario are repeated inside that scenario, so that every check
 * finds more of what it reads. */
export async function writeHistory(path: string, length: number): Promise<void> {
  const events = sampleEvents('compliant');
  const log = openLog({ path });
  const scenarios = groups(events);
  const inside = scenarios.reduce((sum, { middle }) => sum + middle.length, 0);
  const times = Math.max(1, Math.ceil((length - (events.length - inside)) / inside));
  let left = length;
  const add = ({ seq: _seq, t: _t, prev: _prev, scenario, ...body }: Event) => {
    if (left <= 0) return;
    left -= 1;
    log.append(body, scenario);
  };
  for (const { before, middle, after } of scenarios) {
    for (const event of before) add(event);
    const top = numbersIn(middle);
    for (let round = 0; round < times; round += 1) for (const event of middle) add(shifted(event, round * top));
    for (const event of after) add(event);
  }
  await log.close();
}

interface Group {
  readonly before: readonly Event[];
  readonly middle: readonly Event[];
  readonly after: readonly Event[];
}

function groups(events: readonly Event[]): readonly Group[] {
  const ids = [...new Set(events.map(({ scenario }) => scenario))];
  return ids.map((id) => {
    const own = events.filter(({ scenario }) => scenario === id);
    if (id === '') return { before: own.slice(0, 1), middle: [], after: own.slice(1) };
    return { before: own.slice(0, 1), middle: own.slice(1, -1), after: own.slice(-1) };
  });
}

/** Added to the numbers of exchanges for each further round, so that they stay distinct. */
const ROUND = 1_000_000;
const numbersIn = (events: readonly Event[]): number => (events.length === 0 ? 0 : ROUND);

function shifted(event: Event, by: number): Event {
  return 'exchange' in event && typeof event.exchange === 'number'
    ? { ...event, exchange: event.exchange + by }
    : event;
}
