/** Keeps the history of one mock in memory, divided into the parts of a run. */
import type { Event, EventBody } from '../history/event.ts';

/** The part of a recording, which decides the checks that read it. `plain`: ordinary traffic. `race`: calls of `race`. `rejected` and
 * `reuse`: after `rejectRefreshTokens` and `revokeFamily`. `faulted`: after a fault; no check reads it. */
export type Part = 'plain' | 'race' | 'rejected' | 'reuse' | 'faulted';

/** An event and the part it belongs to. */
export interface Recorded {
  readonly event: Event;
  readonly part: Part;
}

/** The recording of one mock; made by `createRecording`. */
export interface Recording {
  /** Numbers an event and adds it to the current part; an answer to the part of its request. */
  record(body: EventBody): Event;
  /** Adds an event that another history has numbered; events of this recording get numbers between those. */
  adopt(event: Event): void;
  /** Milliseconds since the mock was started, monotonic. */
  now(): number;
  /** Begins another part, for requests that arrive from now on. */
  enter(part: Part): void;
  readonly part: Part;
  /** Returns the action number of the next call. */
  nextAction(): number;
  /** Marks a phase of the current part. */
  phase(name: string): void;
  readonly events: readonly Recorded[];
  /** Discards every event and returns to plain traffic; numbers continue. */
  clear(): void;
}

/** Parts that the next login ends: a login after a refusal is how a client recovers, and still belongs to the part. */
const ENDED_BY_LOGIN: ReadonlySet<Part> = new Set(['rejected', 'reuse', 'faulted']);

/** Parts that begin with a command to the mock. */
const BEGUN_BY: Readonly<Record<string, Part>> = {
  'reject-refresh-tokens': 'rejected',
  'replay-old-token': 'reuse',
  'rotate-secret': 'faulted',
  'stage-secret': 'faulted',
  'change-app': 'faulted',
  'refuse-connections': 'faulted',
  'set-standing': 'faulted',
};

/** Distance between numbers of own events, which lie between the whole numbers of another history. */
const BETWEEN = 1 / 1024;

/** Creates an empty recording of plain traffic. */
export function createRecording(): Recording {
  const startAt = performance.now();
  const now = (): number => Math.round((performance.now() - startAt) * 1000) / 1000;
  const owners = new Map<number, Part>();
  let events: Recorded[] = [];
  let seq = 0;
  let step = 1;
  /** Time of the newest event that another history has numbered, for own events beside it. */
  let adoptedAt: number | undefined;
  let actions = 0;
  let part: Part = 'plain';

  const add = (event: Event, to: Part): Event => {
    seq = event.seq;
    events.push({ event, part: to });
    return event;
  };
  const addOwn = (body: EventBody, to: Part): Event =>
    add({ seq: seq + step, t: adoptedAt ?? now(), scenario: to, prev: '', ...body }, to);
  const phase = (name: string): void => void addOwn({ kind: 'phase', phase: name }, part);

  /** Enters the part that an event begins, before the event is added. */
  const follow = (body: EventBody): void => {
    if (body.kind === 'request') {
      if (body.facts.kind === 'authorize' && ENDED_BY_LOGIN.has(part)) {
        if (part === 'rejected') phase('recovery');
        part = 'plain';
      }
      owners.set(body.exchange, part);
    }
    if (body.kind === 'fault' && body.action === 'armed') part = 'faulted';
    if (body.kind !== 'control') return;
    if (body.action === 'expire-access-tokens' && part === 'plain') phase('chain');
    const begun = BEGUN_BY[body.action];
    if (begun === undefined || body.detail?.endsWith(': good') === true) return;
    part = begun;
    if (begun !== 'faulted') phase(begun);
  };
  const partOf = (body: EventBody): Part => {
    const owner = 'exchange' in body && body.exchange !== undefined ? owners.get(body.exchange) : undefined;
    if (body.kind === 'response') owners.delete(body.exchange);
    return owner ?? part;
  };

  return {
    now,
    record(body) {
      follow(body);
      return addOwn(body, partOf(body));
    },
    adopt(event) {
      step = BETWEEN;
      adoptedAt = event.t;
      follow(event);
      add(event, partOf(event));
    },
    enter(next) {
      part = next;
    },
    get part() {
      return part;
    },
    nextAction: () => (actions += 1),
    phase,
    get events() {
      return events;
    },
    clear() {
      events = [];
      owners.clear();
      part = 'plain';
    },
  };
}
