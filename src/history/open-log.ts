/** Opens the history file of a run for writing: one JSON object a line, each line chained to the one before. */
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { createWrittenChain, FIRST_LINK, linkOf } from './chain.ts';
import type { Event, EventBody } from './event.ts';
import { createLineWriter } from './line-writer.ts';
import type { Log } from './log.ts';

/** Options of `openLog`. */
export interface OpenLogOptions {
  /** File to create, together with its folder. */
  readonly path: string;
  /** Value of `performance.now()` when the run began; default: now. */
  readonly startAt?: number;
  /** Writes to the open file and returns the number of bytes written; default: the system's function. For tests of a full disk. */
  readonly write?: (file: number, bytes: Buffer) => number;
}

const DURABLE: ReadonlySet<EventBody['kind']> = new Set(['run-begin', 'scenario-end', 'run-end']);

/** Opens a log that appends synchronously. Lines wait in memory until there are 64 kB, a tenth of a second has passed or a scenario ends,
 * and are written when the process exits. What a full disk does not accept is kept and written first when there is space again; until
 * then `append` and `close` throw `ENOSPC`.
 * @throws the error of the file system: `EEXIST` when the file exists (a history is never continued or replaced). */
export function openLog({ path, startAt = performance.now(), write = writeSync }: OpenLogOptions): Log {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'wx');
  const listeners = new Set<(event: Event) => void>();
  const lines = createLineWriter((bytes) => write(file, bytes));
  const chain = createWrittenChain();
  let scenario = '';
  let closed = false;

  const now = (): number => Math.round((performance.now() - startAt) * 1000) / 1000;

  function append(body: EventBody, of: string = scenario): Event {
    if (closed) throw new Error(`history is closed, and a "${body.kind}" event came after its end`);
    lines.retry();
    const prev = chain.lines === 0 ? FIRST_LINK : chain.last;
    const event = { seq: chain.lines + 1, t: now(), scenario: of, ...body, prev } as unknown as Event;
    const line = JSON.stringify(event);
    chain.add(linkOf(line));
    lines.add(line, DURABLE.has(body.kind));
    for (const listener of listeners) listener(event);
    return event;
  }

  process.on('exit', lines.flushInTime);

  return {
    append,
    now,
    chain,
    flush() {
      if (!closed) lines.flush();
    },
    get closed() {
      return closed;
    },
    get scenario() {
      return scenario;
    },
    set scenario(id: string) {
      scenario = id;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () =>
      new Promise<void>((resolve) => {
        if (!closed) {
          closed = true;
          process.off('exit', lines.flushInTime);
          try {
            lines.flush();
            fsyncSync(file);
          } finally {
            closeSync(file);
          }
        }
        resolve();
      }),
  };
}
