/** Defines how a history is written: append-only, hash-chained, one event a line. */
import type { WrittenChain } from './chain.ts';
import type { Event, EventBody } from './event.ts';

/** The history of a run while it is being recorded. */
export interface Log {
  /** Numbers, timestamps and chains an event, and writes it. Synchronous: the order of calls is the order of lines. */
  append(body: EventBody, scenario?: string): Event;
  /** Scenario of the events that are appended without one; the empty text between scenarios. */
  scenario: string;
  /** Milliseconds since the log was opened, monotonic. */
  now(): number;
  /** Hashes of what was appended, to be compared with the file. */
  readonly chain: WrittenChain;
  /** Calls `listener` with each appended event. Returns a function that unsubscribes it. */
  subscribe(listener: (event: Event) => void): () => void;
  /** Writes every line that is still in memory. */
  flush(): void;
  readonly closed: boolean;
  /** Resolves when every line is on disk. */
  close(): Promise<void>;
}
