/** One gate: who stands at it, and who waits for whom. */
import type { Event, EventBody } from '../../src/history/event.ts';
import type { Gate, GatePoint, Held } from '../mock.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { startQuietTimer } from '../recorder/quiet-timer.ts';

export interface ArmedGate extends Gate {
  readonly point: GatePoint;
  /** It takes one more. */
  free(): boolean;
  /** Resolves when the exchange may go on. */
  arrive(exchange: Exchange, token: string | undefined): Promise<void>;
  /** Held and not yet open, in order of arrival, without those whose client has left. */
  standing(): readonly Held[];
}

interface Place extends Held {
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

/**
 * Arms a gate. An exchange whose client has left frees its place: it is no longer counted, nor handed out by `settled`. It stays in
 * `held`, and what the mock would still have done with it is done when it is opened or the gate is closed, as on a real server, which does
 * not forget a request because nobody listens to the answer.
 */
export function createGate({ id, point, limit, record, onClose }: GateSettings): ArmedGate {
  const places: Place[] = [];
  const watchers = new Set<() => void>();
  let open = true;
  /** So many places, counted from the first, were told to somebody by `settled` or `next`. */
  let told = 0;
  /** Waiters of `next`, first come first served. */
  const asking: ((held: Held | undefined) => void)[] = [];

  const standing = (): readonly Place[] => places.filter((place) => !place.opened && !place.left);
  const event = (action: 'armed' | 'held' | 'opened' | 'closed', exchange?: number): void => {
    record({ kind: 'gate', gate: id, action, ...(exchange === undefined ? {} : { exchange }) });
  };
  const tell = (): void => {
    for (const watcher of [...watchers]) watcher();
  };

  const stand = ({ number, connection, ended }: Exchange, token: string | undefined, goOn: () => void): Place => {
    const place: Place = {
      exchange: number,
      connection,
      ...(token !== undefined && { token }),
      ended,
      opened: false,
      left: false,
      open() {
        if (place.opened) return;
        place.opened = true;
        event('opened', number);
        goOn();
      },
    };
    places.push(place);
    void ended.then(() => {
      if (!place.opened) place.left = true;
    });
    return place;
  };

  event('armed');

  return {
    id,
    point,
    held: places,
    get closed() {
      return !open;
    },
    standing,
    free: () => open && places.filter((place) => !place.left).length < limit,

    arrive: (exchange, token) =>
      new Promise<void>((resolve) => {
        const place = stand(exchange, token, resolve);
        event('held', exchange.number);
        const ask = asking.shift();
        if (ask) told = places.length;
        ask?.(place);
        tell();
      }),

    settled(count, quietMs) {
      return new Promise((resolve) => {
        let callOff = (): void => undefined;
        const finish = (): void => {
          callOff();
          watchers.delete(watch);
          told = places.length;
          resolve(standing());
        };
        const watch = (): void => {
          callOff();
          if (!open || places.length >= count) finish();
          else callOff = startQuietTimer(quietMs, finish);
        };
        watchers.add(watch);
        watch();
      });
    },

    next() {
      const waiting = places.findIndex((place, at) => at >= told && !place.opened && !place.left);
      if (waiting >= 0) {
        told = waiting + 1;
        return Promise.resolve(places[waiting]);
      }
      if (!open) return Promise.resolve(undefined);
      return new Promise((resolve) => void asking.push(resolve));
    },

    close() {
      if (!open) return;
      open = false;
      for (const place of places) place.open();
      event('closed');
      onClose();
      for (const ask of asking.splice(0)) ask(undefined);
      tell();
    },
  };
}
