/** The history of one mock in memory, and which part of a run each event belongs to. */
import type { Event, EventBody } from '../history/event.ts';

/**
 * What an exchange may be judged by. `plain`: ordinary traffic. `race`: calls that `race` made meet. `rejected` and `reuse`: what follows
 * `rejectRefreshTokens` and `revokeFamily`. `faulted`: what follows a fault; no check reads it.
 */
export type Part = 'plain' | 'race' | 'rejected' | 'reuse' | 'faulted';

/** An event and the part it belongs to. */
export interface Recorded {
  readonly event: Event;
  readonly part: Part;
}

/** Collects events; see `createRecording`. */
export interface Recording {
  /** Adds an event to the current part, or an answer to the part of its request. */
  record(body: EventBody): Event;
  /** Milliseconds since the mock was started, monotonic. */
  now(): number;
  /** Begins another part, for requests that arrive from now on. */
  enter(part: Part): void;
  readonly part: Part;
  /** Returns the number of the next call that is recorded as an action of the client. */
  nextAction(): number;
  /** Marks a phase of the current part. */
  phase(name: string): void;
  readonly events: readonly Recorded[];
  /** Called with each event after it was added. Returns what stops it. */
  subscribe(listener: (event: Event) => void): () => void;
  /** Forgets every event and goes back to plain traffic; numbers go on. */
  clear(): void;
}

/** A login after a refusal is how a client recovers: it belongs to the part, and ends it. */
const ENDED_BY_LOGIN: ReadonlySet<Part> = new Set(['rejected', 'reuse', 'faulted']);

/** Creates an empty recording of plain traffic. */
export function createRecording(): Recording {
  const startAt = performance.now();
  const now = (): number => Math.round((performance.now() - startAt) * 1000) / 1000;
  const listeners = new Set<(event: Event) => void>();
  const owners = new Map<number, Part>();
  let events: Recorded[] = [];
  let seq = 0;
  let actions = 0;
  let part: Part = 'plain';

  const add = (body: EventBody, to: Part): Event => {
    seq += 1;
    const event = { seq, t: now(), scenario: to, prev: '', ...body } as unknown as Event;
    events.push({ event, part: to });
    for (const listener of listeners) listener(event);
    return event;
  };

  return {
    now,
    record(body) {
      if (body.kind === 'request') {
        if (body.facts.kind === 'authorize' && ENDED_BY_LOGIN.has(part)) {
          if (part === 'rejected') add({ kind: 'phase', phase: 'recovery' }, part);
          part = 'plain';
        }
        owners.set(body.exchange, part);
      }
      const owner = 'exchange' in body && body.exchange !== undefined ? owners.get(body.exchange) : undefined;
      if (body.kind === 'response') owners.delete(body.exchange);
      return add(body, owner ?? part);
    },
    enter(next) {
      part = next;
    },
    get part() {
      return part;
    },
    nextAction: () => (actions += 1),
    phase(name) {
      add({ kind: 'phase', phase: name }, part);
    },
    get events() {
      return events;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear() {
      events = [];
      owners.clear();
      part = 'plain';
    },
  };
}
