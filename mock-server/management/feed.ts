/** The newest events of a history, kept so that a reader who lost the line can resume. */
import type { Event } from '../../src/history/event.ts';
import { createBoundedMap } from '../bounded-map.ts';

/** What a reader is handed: an id that grows, and one event. Events hold labels only, never a raw secret. */
export interface Feed {
  push(event: Event): void;
  /** Kept events with a larger `seq`, oldest first; all kept ones when `seq` is undefined. */
  since(seq: number | undefined): readonly Event[];
  /** Returns what stops it. */
  subscribe(listener: (event: Event) => void): () => void;
}

/** Keeps the last `limit` events; older ones are in the history file. */
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
