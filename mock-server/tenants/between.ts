/**
 * Of requests that came through somebody in between: whether their answers arrived. When the one in between is killed, the answer seems to be left behind by the client;
 * but the request comes again from another, and gets its answer. So what "aborted" means is decided a little later.
 */
import type { EventBody, Response } from '../../src/history/event.ts';

export interface Between {
  /** A request of this name came through somebody. */
  expect(id: string): void;
  /** Its answer was let go. */
  answered(exchange: number, id: string): void;
  /** True: the line is written later, by `write`. */
  defer(body: EventBody, write: (line: Response) => void): boolean;
  /** It came again and was answered. */
  again(id: string): void;
  /** Writes what is still waiting. */
  close(): void;
}

/** Whoever sends a request again does it at once; a machine that is busy may need this long. */
const WAIT_MS = 5_000;
const MOST = 1_000;

export function createBetween(): Between {
  const expected = new Set<string>();
  const names = new Map<number, string>();
  const waiting = new Map<string, (delivered: Response['delivered']) => void>();
  const bound = (all: Set<string> | Map<number, string>) => {
    for (const oldest of all.size > MOST ? all.keys() : []) {
      (all as Set<unknown>).delete(oldest);
      return;
    }
  };
  return {
    expect(id) {
      expected.add(id);
      bound(expected);
    },
    answered(exchange, id) {
      if (!expected.has(id)) return;
      names.set(exchange, id);
      bound(names);
    },
    defer(body, write) {
      if (body.kind !== 'response') return false;
      const id = names.get(body.exchange);
      names.delete(body.exchange);
      if (id === undefined || body.delivered !== 'aborted') return false;
      const timer = setTimeout(() => waiting.get(id)?.('aborted'), WAIT_MS);
      timer.unref();
      waiting.set(id, (delivered) => {
        clearTimeout(timer);
        waiting.delete(id);
        write({ ...body, delivered });
      });
      return true;
    },
    again(id) {
      waiting.get(id)?.('complete');
    },
    close() {
      for (const end of [...waiting.values()]) end('aborted');
    },
  };
}
