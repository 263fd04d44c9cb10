/** The history on its way to disk: append-only, hash-chained, one event a line. */
import type { WrittenChain } from './chain.ts';
import type { Event, EventBody } from './event.ts';

export interface Log {
  /** Numbers, stamps and chains an event, and writes it. Synchronous: the order of calls is the order of lines. */
  append(body: EventBody, scenario?: string): Event;
  /** The scenario that events belong to which name none; the empty text between scenarios. */
  scenario: string;
  /** Milliseconds since the log was opened, monotonic. */
  now(): number;
  /** What was appended so far, to be compared with the file. */
  readonly chain: WrittenChain;
  /** Called with each event after it was appended. Returns what stops it. */
  subscribe(listener: (event: Event) => void): () => void;
  /** Writes every line that still waits in memory. */
  flush(): void;
  readonly closed: boolean;
  /** Resolves when every line is on disk. */
  close(): Promise<void>;
}
