/** Reads a history file back: for grading, for reports, for verifying. */
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { FIRST_LINK, linkOf } from './open-log.ts';
import type { Event } from './event.ts';

/** A line that is no event and is not the last one: the file was changed or is no history. */
export class HistoryFault extends Error {
  override readonly name = 'HistoryFault';
  readonly code = 'history-unreadable';
  /** Counts from 1. */
  readonly line: number;
  constructor(path: string, line: number) {
    super(`line ${String(line)} of ${path} is not an event`);
    this.line = line;
  }
}

export interface ReadHistory {
  readonly events: readonly Event[];
  /** The lines that the events stand in, without line breaks: what `verifyChain` takes. */
  readonly lines: readonly string[];
  /** The last line was cut short: the process that wrote it was killed. It is left out of `events` and `lines`. */
  readonly torn: boolean;
}

const event = (line: string): Event | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'seq' in value && 'kind' in value
      ? (value as Event)
      : undefined;
  } catch {
    return undefined;
  }
};

/** The whole history at once.
 * @throws HistoryFault for a broken line that is not the last one. */
export function readHistorySync(path: string): ReadHistory {
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  const events: Event[] = [];
  for (const [index, line] of lines.entries()) {
    const one = event(line);
    if (one) events.push(one);
    else if (index === lines.length - 1) return { events, lines: lines.slice(0, -1), torn: true };
    else throw new HistoryFault(path, index + 1);
  }
  return { events, lines, torn: false };
}

/** One event after the other, in bounded memory. `onTorn` is told of a last line that was cut short.
 * @throws HistoryFault for a broken line that is not the last one. */
export async function* readHistory(path: string, onTorn?: (line: string) => void): AsyncGenerator<Event, void> {
  let number = 0;
  let broken: string | undefined;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    if (broken !== undefined) throw new HistoryFault(path, number);
    number += 1;
    const one = event(line);
    if (one) yield one;
    else broken = line;
  }
  if (broken !== undefined) onTorn?.(broken);
}

/** The number (from 1) of the first line that does not follow from the one before, or undefined when the chain holds. */
export function verifyChain(lines: Iterable<string>): number | undefined {
  let number = 0;
  let link = FIRST_LINK;
  for (const line of lines) {
    number += 1;
    const one = event(line);
    if (one?.seq !== number || one.prev !== link) return number;
    link = linkOf(line);
  }
  return undefined;
}
