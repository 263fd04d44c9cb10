/** Holds exchanges at gates until a scenario opens them. Gates replace sleeps. */
import type { Event, EventBody } from '../../src/history/event.ts';
import type { Gate, GateOptions, GatePoint } from '../mock.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { createGate, type ArmedGate } from './gate.ts';

/** The gates of one mock. */
export interface Gates {
  /** Resolves when no gate at `point` holds the exchange any more.
   * @param token label of the refresh or access token that the exchange carries */
  pass(point: GatePoint, exchange: Exchange, token?: string): Promise<void>;
  /** Arms a gate. An arrival is held by the newest gate of its point that has a free place. */
  hold(options: GateOptions): Gate;
  /** Closes every gate. */
  reset(): void;
  /** Returns the gates that are not closed, oldest first. */
  armed(): readonly Gate[];
  /** Number of held exchanges, without those whose client has disconnected. */
  readonly held: number;
}

/** Creates the gates of a mock, none of them armed. They never hold the harness's own browser. */
export function createGates({ record }: { readonly record: (body: EventBody) => Event }): Gates {
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
      for (const gate of armed) sum += gate.waiting().length;
      return sum;
    },
  };
}
