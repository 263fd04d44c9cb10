/** Opens the history file of a run for writing: one JSON object a line, each line chained to the one before. */
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { createWrittenChain, FIRST_LINK, linkOf } from './chain.ts';
import type { Event, EventBody } from './event.ts';
import type { Log } from './log.ts';

export interface OpenLogOptions {
  /** File to create; its folder is created too. */
  readonly path: string;
  /** Reading of `performance.now()` at which the run began; default: now. */
  readonly startAt?: number;
  /** Writes to the open file and returns how many bytes it took; default: the system's. For tests of a disk that is full. */
  readonly write?: (file: number, bytes: Buffer) => number;
}

const FLUSH_BYTES = 64 * 1024;
const FLUSH_AFTER_MS = 100;
const DURABLE: ReadonlySet<EventBody['kind']> = new Set(['run-begin', 'scenario-end', 'run-end']);

/**
 * Opens a log that appends synchronously. Lines wait in memory for at most 64 kB, a tenth of a second, or the end of a scenario,
 * and are written when the process exits.
 *
 * What a full disk does not take is kept and written first when there is room again; until then `append` throws `ENOSPC`, and so does `close`.
 *
 * @throws the error of the file system: `EEXIST` when the file is there already (a history is never continued or replaced).
 */
export function openLog({ path, startAt = performance.now(), write = writeSync }: OpenLogOptions): Log {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'wx');
  const listeners = new Set<(event: Event) => void>();
  let waiting: string[] = [];
  let waitingBytes = 0;
  /** Bytes that a full disk did not take: written first when there is room again, so that no line is lost or torn. */
  let unwritten: Buffer = Buffer.alloc(0);
  let failure: unknown;
  let timer: NodeJS.Timeout | undefined;
  const chain = createWrittenChain();
  let scenario = '';
  let closed = false;

  const now = (): number => Math.round((performance.now() - startAt) * 1000) / 1000;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0 && unwritten.length === 0) return;
    const lines = Buffer.from(waiting.length === 0 ? '' : `${waiting.join('\n')}\n`, 'utf8');
    const bytes = unwritten.length === 0 ? lines : Buffer.concat([unwritten, lines]);
    waiting = [];
    waitingBytes = 0;
    let at = 0;
    try {
      while (at < bytes.length) at += write(file, bytes.subarray(at));
    } finally {
      unwritten = bytes.subarray(at);
    }
  }

  /** Writes from a timer, which has no caller to throw to: the next `append` throws instead, and so does `close`. */
  function flushInTime(): void {
    try {
      flush();
    } catch (error) {
      failure = error;
    }
  }

  function append(body: EventBody, of: string = scenario): Event {
    if (closed) throw new Error(`history is closed, and a "${body.kind}" event came after its end`);
    if (failure !== undefined) {
      // Try again: there may be room by now. If not, the caller learns of it.
      flush();
      failure = undefined;
    }
    const { kind } = body;
    const prev = chain.lines === 0 ? FIRST_LINK : chain.last;
    const event = { seq: chain.lines + 1, t: now(), scenario: of, ...body, prev } as unknown as Event;
    const line = JSON.stringify(event);
    chain.add(linkOf(line));
    waiting.push(line);
    waitingBytes += line.length + 1;
    if (waitingBytes >= FLUSH_BYTES || DURABLE.has(kind)) flush();
    else timer ??= setTimeout(flushInTime, FLUSH_AFTER_MS).unref();
    for (const listener of listeners) listener(event);
    return event;
  }

  process.on('exit', flushInTime);

  return {
    append,
    now,
    chain,
    flush() {
      if (!closed) flush();
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
          process.off('exit', flushInTime);
          try {
            flush();
            fsyncSync(file);
          } finally {
            closeSync(file);
          }
        }
        resolve();
      }),
  };
}
