/** Writes a made-up history: events are put down in any order, sorted by time, numbered and chained at the end. */
import { createHash } from 'node:crypto';

import type { Event, EventBody } from '../../src/history/event.ts';

export interface Tape {
  /** Puts an event at `t` milliseconds. `key` names it for `seq`. */
  put(t: number, scenario: string, body: EventBody, key?: string): void;
  /** The numbered, chained events, and the number of each named one. */
  finish(): { readonly history: readonly Event[]; readonly seq: (key: string) => number };
}

export function createTape(): Tape {
  const notes: { readonly t: number; readonly scenario: string; readonly body: EventBody; readonly key?: string }[] = [];
  return {
    put(t, scenario, body, key) {
      notes.push({ t, scenario, body, ...(key === undefined ? {} : { key }) });
    },
    finish() {
      const numbers = new Map<string, number>();
      let prev = '0'.repeat(64);
      const history = notes
        .toSorted((a, b) => a.t - b.t)
        .map(({ t, scenario, body, key }, index): Event => {
          const { kind, ...rest } = body;
          const event = { seq: index + 1, t, scenario, kind, ...rest, prev } as Event;
          if (key !== undefined) numbers.set(key, event.seq);
          prev = createHash('sha256').update(JSON.stringify(event)).digest('hex');
          return event;
        });
      return {
        history,
        seq(key) {
          const found = numbers.get(key);
          if (found === undefined) throw new RangeError(`no event was named ${key}`);
          return found;
        },
      };
    },
  };
}

/** The file that belongs to a history. */
export function historyFile(history: readonly Event[]): string {
  return history.map((event) => `${JSON.stringify(event)}\n`).join('');
}
