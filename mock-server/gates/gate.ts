/** Holds exchanges at one gate until it is opened. */
import type { Event, EventBody } from '../../src/history/event.ts';
import type { Gate, GatePoint, Held } from '../mock.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { startQuietTimer } from '../recorder/quiet-timer.ts';

/** A gate with the functions that the mock calls. */
export interface ArmedGate extends Gate {
  readonly point: GatePoint;
  /** Returns whether it can hold another exchange. */
  free(): boolean;
  /** Holds an exchange; resolves when it may continue. */
  arrive(exchange: Exchange, token: string | undefined): Promise<void>;
  /** Returns the held exchanges in order of arrival, without those whose client has disconnected. */
  waiting(): readonly Held[];
}

interface HeldExchange extends Held {
  opened: boolean;
  left: boolean;
}

interface GateSettings {
  readonly id: string;
  readonly point: GatePoint;
  readonly limit: number;
  readonly record: (body: EventBody) => Event;
  readonly onClose: () => void;
}

/** Returns a function that records an event of the gate. */
const eventsOf =
  (gate: string, record: GateSettings['record']) =>
  (action: 'armed' | 'held' | 'opened' | 'closed', exchange?: number): void => {
    record({ kind: 'gate', gate, action, ...(exchange !== undefined && { exchange }) });
  };

/** Returns an exchange in the form in which a gate holds it.
 * @param open releases it; called once */
function createHeldExchange(
  { number, connection, ended }: Exchange,
  token: string | undefined,
  open: () => void,
): HeldExchange {
  const place: HeldExchange = {
    ...{ exchange: number, connection, token, ended, opened: false, left: false },
    open() {
      if (place.opened) return;
      place.opened = true;
      open();
    },
  };
  void ended.then(() => {
    if (!place.opened) place.left = true;
  });
  return place;
}

/** Creates a gate. An exchange whose client has disconnected frees its place: `settled` neither counts nor returns it. It stays in `held`
 * and is answered when the gate opens, because a real server also processes a request whose client has disconnected. */
export function createGate({ id, point, limit, record, onClose }: GateSettings): ArmedGate {
  const places: HeldExchange[] = [];
  const watchers = new Set<() => void>();
  let open = true;
  /** Number of places, counted from the first, that `settled` or `next` has returned. */
  let returned = 0;
  /** Waiting callers of `next`, in the order of their calls. */
  const callers: ((held: Held | undefined) => void)[] = [];

  const waiting = (): readonly HeldExchange[] => places.filter((place) => !place.opened && !place.left);
  const event = eventsOf(id, record);
  const notify = (): void => {
    for (const watcher of [...watchers]) watcher();
  };

  event('armed');

  return {
    id,
    point,
    held: places,
    get closed() {
      return !open;
    },
    waiting,
    free: () => open && places.filter((place) => !place.left).length < limit,

    arrive: (exchange, token) =>
      new Promise<void>((resolve) => {
        const place = createHeldExchange(exchange, token, () => {
          event('opened', exchange.number);
          resolve();
        });
        places.push(place);
        event('held', exchange.number);
        const caller = callers.shift();
        if (caller) returned = places.length;
        caller?.(place);
        notify();
      }),

    settled(count, quietMs) {
      return new Promise((resolve) => {
        let stopTimer = (): void => undefined;
        const finish = (): void => {
          stopTimer();
          watchers.delete(watch);
          returned = places.length;
          resolve(waiting());
        };
        const watch = (): void => {
          stopTimer();
          if (!open || places.length >= count) finish();
          else stopTimer = startQuietTimer(quietMs, finish);
        };
        watchers.add(watch);
        watch();
      });
    },

    next() {
      const next = places.findIndex((place, at) => at >= returned && !place.opened && !place.left);
      if (next >= 0) {
        returned = next + 1;
        return Promise.resolve(places[next]);
      }
      if (!open) return Promise.resolve(undefined);
      return new Promise((resolve) => void callers.push(resolve));
    },

    close() {
      if (!open) return;
      open = false;
      for (const place of places) place.open();
      event('closed');
      onClose();
      for (const caller of callers.splice(0)) caller(undefined);
      notify();
    },
  };
}
