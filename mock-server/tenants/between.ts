/**
 * Of requests that came through somebody in between: whether their answers arrived. When the one in between is killed, the answer seems to be left behind by the client;
 * but the request comes again from another, and gets its answer. So what "aborted" means is decided a little later.
 */
import type { EventBody, Response } from '../../src/history/event.ts';
import { AGAIN_MS } from './resent.ts';

export interface Between {
  /** A request of this name came through somebody. */
  expect(id: string): void;
  /** Its answer was let go. */
  answered(expected: Response, id: string): void;
  /** True: the line is written later, by `write`. */
  defer(body: EventBody, write: (line: Response) => void): boolean;
  /** It came again and was answered. */
  again(id: string): void;
  /** Writes what is still waiting. */
  close(): void;
}

const MOST = 1_000;

export function createBetween(): Between {
  const expected = new Set<string>();
  const names = new Map<number, { readonly id: string; readonly expected: Response }>();
  /** Came again, maybe before it was noticed that the first connection is gone. */
  const came = new Set<string>();
  const waiting = new Map<string, (delivered: Response['delivered']) => void>();
  const bound = <K>(all: { keys(): Iterable<K>; delete(key: K): boolean; readonly size: number }) => {
    for (const oldest of all.size > MOST ? all.keys() : []) {
      all.delete(oldest);
      return;
    }
  };
  return {
    expect(id) {
      expected.add(id);
      bound(expected);
    },
    answered(line, id) {
      if (!expected.has(id)) return;
      names.set(line.exchange, { id, expected: line });
      bound(names);
    },
    defer(body, write) {
      if (body.kind !== 'response') return false;
      const named = names.get(body.exchange);
      names.delete(body.exchange);
      if (named === undefined || body.delivered !== 'aborted') return false;
      const { id } = named;
      if (came.has(id)) {
        write(named.expected);
        return true;
      }
      const timer = setTimeout(() => waiting.get(id)?.('aborted'), AGAIN_MS);
      timer.unref();
      waiting.set(id, (delivered) => {
        clearTimeout(timer);
        waiting.delete(id);
        write(delivered === 'complete' ? named.expected : body);
      });
      return true;
    },
    again(id) {
      came.add(id);
      bound(came);
      waiting.get(id)?.('complete');
    },
    close() {
      for (const end of [...waiting.values()]) end('aborted');
    },
  };
}
