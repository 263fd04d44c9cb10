/** Indexes a history for reports: exchanges joined, grouped by scenario and found by event number. One pass, whatever the length. */
import type { Event, EventOf } from '../../src/history/event.ts';

/** A request, the mock's decision about its refresh token, and its answer. */
export interface TrailExchange {
  readonly exchange: number;
  readonly scenario: string;
  readonly request: EventOf<'request'>;
  readonly rotation: EventOf<'rotation'> | undefined;
  readonly response: EventOf<'response'> | undefined;
  /** Milliseconds since the run began; the time of the request when it was never answered. */
  readonly endedAt: number;
}

/** The exchanges and other events of one scenario. */
export interface ScenarioTrail {
  readonly id: string;
  readonly mode: string;
  readonly begunAt: number;
  /** In order of arrival. */
  readonly exchanges: readonly TrailExchange[];
  /** All other events, in order. */
  readonly others: readonly Event[];
}

/** A history indexed by `createTrail`, which every report format reads. */
export interface Trail {
  readonly begin: EventOf<'run-begin'> | undefined;
  /** In the order in which they began. */
  readonly scenarios: ReadonlyMap<string, ScenarioTrail>;
  readonly events: number;
  event(seq: number): Event | undefined;
  /** Returns the exchange that an event is part of. */
  exchangeOf(seq: number): TrailExchange | undefined;
}

interface Open {
  readonly exchange: number;
  readonly scenario: string;
  readonly request: EventOf<'request'>;
  rotation: EventOf<'rotation'> | undefined;
  response: EventOf<'response'> | undefined;
  endedAt: number;
}

interface OpenScenario {
  readonly id: string;
  mode: string;
  begunAt: number;
  readonly exchanges: Open[];
  readonly others: Event[];
}

/** Indexes a history for reports. */
export function createTrail(history: readonly Event[]): Trail {
  const bySeq = new Map<number, Event>();
  const byExchange = new Map<number, Open>();
  const scenarios = new Map<string, OpenScenario>();
  const rotations = new Map<number, EventOf<'rotation'>>();
  let begin: EventOf<'run-begin'> | undefined;

  for (const event of history) {
    bySeq.set(event.seq, event);
    let scenario = scenarios.get(event.scenario);
    if (scenario === undefined) {
      scenario = { id: event.scenario, mode: '', begunAt: event.t, exchanges: [], others: [] };
      scenarios.set(event.scenario, scenario);
    }
    if (event.kind === 'request') {
      const { exchange } = event;
      const open = {
        exchange,
        scenario: event.scenario,
        request: event,
        rotation: undefined,
        response: undefined,
        endedAt: event.t,
      };
      byExchange.set(exchange, open);
      scenario.exchanges.push(open);
    } else if (event.kind === 'response') {
      const open = byExchange.get(event.exchange);
      if (open === undefined) scenario.others.push(event);
      else [open.response, open.endedAt] = [event, event.t];
    } else if (event.kind === 'rotation') rotations.set(event.exchange, event);
    else scenario.others.push(event);
    if (event.kind === 'run-begin') begin = event;
    if (event.kind === 'scenario-begin') [scenario.mode, scenario.begunAt] = [event.mode, event.t];
  }
  for (const [exchange, rotation] of rotations) {
    const open = byExchange.get(exchange);
    if (open === undefined) scenarios.get(rotation.scenario)?.others.push(rotation);
    else open.rotation = rotation;
  }
  return {
    begin,
    scenarios,
    events: history.length,
    event: (seq) => bySeq.get(seq),
    exchangeOf(seq) {
      const event = bySeq.get(seq);
      return event !== undefined && (event.kind === 'request' || event.kind === 'response' || event.kind === 'rotation')
        ? byExchange.get(event.exchange)
        : undefined;
    },
  };
}
