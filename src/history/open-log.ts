/** Opens the history file of a run for writing: one JSON object a line, each line chained to the one before. */
import { hash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Event, EventBody } from './event.ts';
import type { Log } from './log.ts';

export interface OpenLogOptions {
  /** File to be made; its folder is made too. */
  readonly path: string;
  /** Reading of `performance.now()` at which the run began; default: now. */
  readonly startAt?: number;
}

/** `prev` of the first line. */
export const FIRST_LINK = '0'.repeat(64);

/** SHA-256 of a line without its line break, in hexadecimal digits. */
export const linkOf = (line: string): string => hash('sha256', line, 'hex');

const FLUSH_BYTES = 64 * 1024;
const FLUSH_AFTER_MS = 100;
const DURABLE: ReadonlySet<EventBody['kind']> = new Set(['run-begin', 'scenario-end', 'run-end']);

/**
 * A log that appends synchronously. Lines wait in memory for at most 64 kB, a tenth of a second, or the end of a scenario,
 * and are written when the process exits.
 *
 * @throws the error of the file system: `EEXIST` when the file is there already (a history is never continued or replaced).
 */
export function openLog({ path, startAt = performance.now() }: OpenLogOptions): Log {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'wx');
  const listeners = new Set<(event: Event) => void>();
  let waiting: string[] = [];
  let waitingBytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let seq = 0;
  let prev = FIRST_LINK;
  let scenario = '';
  let closed = false;

  const now = (): number => Math.round((performance.now() - startAt) * 1000) / 1000;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const bytes = Buffer.from(waiting.join(''), 'utf8');
    waiting = [];
    waitingBytes = 0;
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  }

  function append(body: EventBody, of: string = scenario): Event {
    if (closed) throw new Error(`history is closed, and a "${body.kind}" event came after its end`);
    seq += 1;
    const { kind, ...rest } = body;
    const event = { seq, t: now(), scenario: of, kind, ...rest, prev } as unknown as Event;
    const line = JSON.stringify(event);
    prev = linkOf(line);
    waiting.push(`${line}\n`);
    waitingBytes += line.length + 1;
    if (waitingBytes >= FLUSH_BYTES || DURABLE.has(kind)) flush();
    else timer ??= setTimeout(flush, FLUSH_AFTER_MS).unref();
    for (const listener of listeners) listener(event);
    return event;
  }

  process.on('exit', flush);

  return {
    append,
    now,
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
          process.off('exit', flush);
          flush();
          fsyncSync(file);
          closeSync(file);
        }
        resolve();
      }),
  };
}
