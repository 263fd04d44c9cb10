/** History as server-sent events: what was, then what comes. */
import type { ServerResponse } from 'node:http';
import type { Event } from '../../src/history/event.ts';

export interface Feed {
  /** Writes every event after number `after`, then each new one as it comes, until the client leaves. */
  send(response: ServerResponse, after: number): void;
  /** Ends all streams. */
  close(): void;
}

/** So many events are kept for those who come late. */
const KEPT = 10_000;
/** A reader so far behind is let go; it may come again with Last-Event-ID. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024;

/** @param subscribe as of the log: events are redacted already */
export function createFeed(subscribe: (listener: (event: Event) => void) => () => void): Feed {
  const kept: Event[] = [];
  const readers = new Set<ServerResponse>();
  const line = (event: Event) => `id: ${String(event.seq)}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
  const stop = subscribe((event) => {
    kept.push(event);
    if (kept.length > KEPT) kept.shift();
    for (const reader of readers) {
      reader.write(line(event));
      if (reader.writableLength > MOST_WAITING_BYTES) reader.destroy();
    }
  });
  return {
    send(response, after) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write(': history\n\n');
      for (const event of kept) if (event.seq > after) response.write(line(event));
      readers.add(response);
      response.on('close', () => readers.delete(response));
    },
    close() {
      stop();
      for (const reader of readers) reader.end();
    },
  };
}
