/** Keeps the newest events of a history, so that a reader whose connection broke can resume. */
import type { Event } from '../../src/history/event.ts';
import { createBoundedMap } from '../bounded-map.ts';

/** The newest events. They hold labels only, never a raw secret. */
export interface Feed {
  push(event: Event): void;
  /** Returns the kept events with a larger `seq`, oldest first; all of them when `seq` is undefined. */
  since(seq: number | undefined): readonly Event[];
  /** Calls `listener` with each new event. Returns a function that stops it. */
  subscribe(listener: (event: Event) => void): () => void;
}

/** Returns a feed that keeps the newest `limit` events; older ones are in the history file. */
export function createFeed(limit = 2_000): Feed {
  const kept = createBoundedMap<number, Event>(limit);
  const listeners = new Set<(event: Event) => void>();
  return {
    push(event) {
      kept.set(event.seq, event);
      for (const listener of listeners) listener(event);
    },
    since: (seq) => [...kept.values()].filter((event) => seq === undefined || event.seq > seq),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
