/** Reads a history file back: for grading, for reports, for verifying. */
import type { Event } from './event.ts';
import { linesOf } from './lines.ts';
import { FIRST_LINK, linkOf } from './open-log.ts';
import { shareParameters } from './shared-parameters.ts';

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
  /** Without their links (`prev` is empty): whoever verifies the chain goes by the lines, and links are a third of what events take. */
  readonly events: readonly Event[];
  /** The last line was cut short: the process that wrote it was killed. It is left out. */
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

/** What everybody relies on who reads an event, whatever its kind. */
function hasEnvelope({ seq, t, scenario, kind }: Partial<Readonly<Record<keyof Event, unknown>>>): boolean {
  return typeof seq === 'number' && Number.isFinite(t) && typeof scenario === 'string' && typeof kind === 'string';
}

/** The whole history at once; of the file itself no more than a piece is in memory.
 * @throws HistoryFault for a broken line that is not the last one. */
export function readHistorySync(path: string): ReadHistory {
  const share = shareParameters();
  const events: Event[] = [];
  let torn: number | undefined;
  let number = 0;
  for (const line of linesOf(path)) {
    if (torn !== undefined) throw new HistoryFault(path, torn);
    number += 1;
    const one = event(line);
    if (one && hasEnvelope(one)) {
      share(one);
      events.push(Object.assign(one, { prev: '' }));
    } else torn = number;
  }
  return { events, torn: torn !== undefined };
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
