/** One gate: who stands at it, and who waits for whom. */
import type { Event, EventBody } from '../../src/history/event.ts';
import type { Gate, GatePoint, Held } from '../mock.ts';
import type { Exchange } from '../recorder/exchange.ts';
import { startQuietTimer } from '../recorder/quiet-timer.ts';
import type { EarlierGate, RememberGate } from './earlier.ts';

export interface ArmedGate extends Gate {
  readonly point: GatePoint;
  /** It takes one more. */
  free(): boolean;
  /** Resolves when the exchange may go on. One that stood here already, and was sent again, has its old place. */
  arrive(exchange: Exchange, token: string | undefined): Promise<void>;
  /** It stands here and was not let go. */
  awaits(exchange: number): boolean;
  /** Held and not yet open, in order of arrival, without those whose client has left. */
  standing(): readonly Held[];
}

interface Place extends Held {
  opened: boolean;
  left: boolean;
  /** Lets whoever stands here now go on; nobody may stand here yet. */
  goOn: () => void;
}

interface GateSettings {
  readonly id: string;
  readonly point: GatePoint;
  readonly limit: number;
  readonly record: (body: EventBody) => Event;
  readonly onClose: () => void;
  readonly remember: RememberGate;
  /** It was armed by another instance, which tells no more of it. */
  readonly earlier?: EarlierGate;
}

/**
 * Arms a gate. An exchange whose client has left frees its place: it is no longer counted, nor handed out by `settled`. It stays in
 * `held`, and what the mock would still have done with it is done when it is opened or the gate is closed, as on a real server, which does
 * not forget a request because nobody listens to the answer.
 */
export function createGate({ id, point, limit, record, onClose, remember, earlier }: GateSettings): ArmedGate {
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

  const stand = (place: Omit<Place, 'open' | 'opened' | 'left' | 'goOn'>, opened = false, left = false): Place => {
    const whole: Place = {
      ...place,
      opened,
      left,
      goOn: () => undefined,
      open() {
        if (whole.opened) return;
        whole.opened = true;
        remember(['opened', id, whole.exchange]);
        event('opened', whole.exchange);
        whole.goOn();
      },
    };
    places.push(whole);
    void whole.ended.then(() => {
      if (!whole.opened) whole.left = true;
    });
    return whole;
  };

  if (earlier === undefined) {
    remember(['gate', id, point, limit === Infinity ? null : limit]);
    event('armed');
  }
  for (const { opened, left, ...place } of earlier?.places ?? []) stand(place, opened, left);

  return {
    id,
    point,
    held: places,
    get closed() {
      return !open;
    },
    standing,
    free: () => open && places.filter((place) => !place.left).length < limit,

    awaits: (exchange) => standing().some((place) => place.exchange === exchange),

    arrive(exchange, token) {
      const before = places.find((place) => place.exchange === exchange.number);
      return new Promise<void>((resolve) => {
        if (before) {
          before.goOn = resolve;
          return;
        }
        const { number, connection, ended } = exchange;
        const place = stand({ exchange: number, connection, ...(token === undefined ? {} : { token }), ended });
        place.goOn = resolve;
        remember(['held', id, number, connection, token ?? null]);
        event('held', number);
        const ask = asking.shift();
        if (ask) told = places.length;
        ask?.(place);
        tell();
      });
    },

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
      remember(['closed', id]);
      event('closed');
      onClose();
      for (const ask of asking.splice(0)) ask(undefined);
      tell();
    },
  };
}
