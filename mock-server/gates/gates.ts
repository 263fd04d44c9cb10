/** Places where the mock holds an exchange until somebody lets it go. Time is a gate here, not a sleep. */
import type { Event, EventBody } from '../../src/history/event.ts';
import type { Gate, GateOptions, GatePoint } from '../mock.ts';
import type { Exchange } from '../recorder/exchange.ts';
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
}

/** All gates of one mock. The harness's own browser is never held. */
export function createGates({ record }: GatesParts): Gates {
  const armed = new Set<ArmedGate>();
  let count = 0;
  return {
    async pass(point, exchange, token) {
      if (exchange.browser) return;
      const gate = [...armed].reverse().find((one) => one.point === point && one.free());
      await gate?.arrive(exchange, token);
    },
    hold: ({ point, limit = Infinity }) => {
      count += 1;
      const id = `${point}#${String(count)}`;
      const gate = createGate({ id, point, limit, record, onClose: () => armed.delete(gate) });
      armed.add(gate);
      return gate;
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
