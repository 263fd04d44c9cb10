/** Places where the mock holds an exchange until somebody lets it go. Time is a gate here, not a sleep. */
import type { Event, EventBody } from '../../src/history/event.ts';
import type { Gate, GateOptions, GatePoint } from '../mock.ts';
import type { Exchange } from '../recorder/exchange.ts';
import type { Park } from '../recorder/resent.ts';
import type { EarlierGate, RememberGate } from './earlier.ts';
import { createGate, type ArmedGate } from './gate.ts';

export interface Gates {
  /** Waits here while a gate at `point` holds the exchange; returns at once when none does.
   * @param token label of the refresh or access token that the exchange carries. */
  pass(point: GatePoint, exchange: Exchange, token?: string): Promise<void>;
  /** Arms a gate. The newest gate of a point that still has a place takes an arrival. */
  hold(options: GateOptions): Gate;
  /** Closes every gate. */
  reset(): void;
  /** Those that are not closed, oldest first. */
  armed(): readonly Gate[];
  /** How many exchanges stand at gates now; those whose client has left are not counted. */
  readonly held: number;
}

export interface GatesParts {
  readonly record: (body: EventBody) => Event;
  /** ListenerEvents of every change, before its event. */
  readonly remember?: RememberGate;
  readonly park?: Park;
  /** All gates that another instance armed, also those that are closed. */
  readonly earlier?: readonly EarlierGate[];
}

/** All gates of one mock. The harness's own browser is never held. */
export function createGates({ record, remember = () => undefined, park, earlier = [] }: GatesParts): Gates {
  const armed = new Set<ArmedGate>();
  let count = earlier.length;
  const arm = (id: string, point: GatePoint, limit: number | undefined, kept?: EarlierGate): Gate => {
    const gate = createGate({
      ...{ id, point, record, remember, limit: limit ?? Infinity },
      onClose: () => armed.delete(gate),
      ...(kept && { earlier: kept }),
    });
    armed.add(gate);
    return gate;
  };
  for (const one of earlier) if (!one.closed) arm(one.id, one.point, one.limit ?? undefined, one);

  /** Of one that was sent again and has not come yet to where it stood: its old place, or none. */
  const oldPlace = (point: GatePoint, exchange: Exchange): ArmedGate | undefined => {
    const { parked } = exchange;
    if (parked?.at.kind !== 'gate' || parked.at.point !== point) return undefined;
    const { gate } = parked.at;
    delete exchange.parked;
    return [...armed].find((one) => one.id === gate && one.awaits(exchange.number));
  };
  return {
    async pass(point, exchange, token) {
      if (exchange.browser) return;
      const gate =
        exchange.parked === undefined
          ? [...armed].reverse().find((one) => one.point === point && one.free())
          : oldPlace(point, exchange);
      if (gate === undefined) return;
      const goesOn = park?.(exchange, { kind: 'gate', gate: gate.id, point, ...(token !== undefined && { token }) });
      await gate.arrive(exchange, token);
      goesOn?.();
    },
    hold: ({ point, limit }) => {
      count += 1;
      return arm(`${point}#${String(count)}`, point, limit);
    },
    reset() {
      for (const gate of [...armed]) gate.close();
    },
    armed: () => [...armed],
    get held() {
      let sum = 0;
      for (const gate of armed) sum += gate.standing().length;
      return sum;
    },
  };
}
