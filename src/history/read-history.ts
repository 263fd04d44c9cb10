/** Reads a history file in one pass, for grading, reports and verification. */
import { createHash } from 'node:crypto';
import { FIRST_LINK, linkOf, type ChainFault, type HistoryDigest, type WrittenChain } from './chain.ts';
import { EVENT_KINDS, type Event } from './event.ts';
import { lineBatches } from './lines.ts';
import { shareParameters } from './shared-parameters.ts';

/** A line whose content this version does not expect in a history. */
export interface Oddity {
  /** Counts from 1. */
  readonly line: number;
  /** `version`: a `schemaVersion` other than 1. `kind`: an unknown kind of event. `begin`: a second `run-begin`. */
  readonly reason: 'version' | 'kind' | 'begin';
  readonly what: string;
}

/** A history file as it is on disk. */
export interface ReadHistory {
  /** Events without their links (`prev` is empty), which are a third of an event's memory. */
  readonly events: readonly Event[];
  readonly digest: HistoryDigest;
  /** Whether the last line is incomplete because the writing process was killed; it is left out of `events`. */
  readonly torn: boolean;
  /** Undefined when every line continues the chain. */
  readonly fault: ChainFault | undefined;
  /** Number of the first line, except an incomplete last one, that is not an event; it is left out of `events`. */
  readonly unreadable: number | undefined;
  /** At most one for each reason, in the order of the lines. */
  readonly oddities: readonly Oddity[];
  /** Number of the first line that differs from `written`. */
  readonly changed: number | undefined;
}

/** Options of `readHistory`. */
export interface ReadHistoryOptions {
  /** Aborts reading. */
  readonly signal?: AbortSignal | undefined;
  /** The chain that the file should have. */
  readonly written?: WrittenChain | undefined;
  /** Most lines to read, for a file that is still being written. */
  readonly most?: number | undefined;
}

/** Reads the whole history. Holds only a piece of the file in memory, and lets other events be handled in between.
 * @throws the error of the file system; an `AbortError` when `signal` aborts. */
export async function readHistory(path: string, options: ReadHistoryOptions = {}): Promise<ReadHistory> {
  const { signal, written, most = Number.POSITIVE_INFINITY } = options;
  const share = shareParameters();
  const events: Event[] = [];
  const chain = createChainReader();
  const oddities = createOddityReader();
  const whole = createHash('sha256');
  let unreadable: number | undefined;
  let changed: number | undefined;
  let from = 0;
  let to = 0;
  for await (const { bytes, lines } of lineBatches(path, signal)) {
    for (const line of lines.slice(0, most - chain.lines)) {
      to += line.length + 1;
      const value = parse(line);
      const number = chain.add(line, value);
      if ((written?.linkAt(number) ?? chain.last) !== chain.last) changed ??= number;
      if (!isEvent(value)) {
        unreadable ??= number;
        continue;
      }
      oddities.add(number, value);
      share(value);
      events.push(Object.assign(value, { prev: '' }));
    }
    if (chain.lines >= most) {
      whole.update(bytes.subarray(0, to - from));
      break;
    }
    whole.update(bytes);
    from += bytes.length;
  }
  const { lines, last } = chain;
  const torn = unreadable !== undefined && unreadable === lines;
  return {
    events,
    digest: { sha256: whole.digest('hex'), lines, last },
    torn,
    fault: torn && chain.fault?.line === lines ? undefined : chain.fault,
    unreadable: torn ? undefined : unreadable,
    oddities: oddities.found,
    changed,
  };
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

type Loose = Partial<Readonly<Record<string, unknown>>>;

/** Validates the fields that every reader relies on, whatever the kind of event. */
function isEvent(value: unknown): value is Event {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, t, scenario, kind } = value as Loose;
  return typeof seq === 'number' && Number.isFinite(t) && typeof scenario === 'string' && typeof kind === 'string';
}

/** Verifies the chain line by line. */
function createChainReader() {
  let lines = 0;
  let last = linkOf('');
  let fault: ChainFault | undefined;
  return {
    get lines() {
      return lines;
    },
    get last() {
      return last;
    },
    get fault() {
      return fault;
    },
    /** Adds a line and returns its number. */
    add(line: Buffer, value: unknown): number {
      const before = lines === 0 ? FIRST_LINK : last;
      lines += 1;
      last = linkOf(line);
      const { seq, prev } = typeof value === 'object' && value !== null ? (value as Loose) : {};
      if (fault?.line === lines - 1) fault = { ...fault, followed: prev === fault.link };
      if (seq === undefined || prev === undefined) fault ??= { line: lines, reason: 'event', link: last };
      else if (seq !== lines) fault ??= { line: lines, reason: 'number', seq, link: last };
      else if (prev !== before) fault ??= { line: lines, reason: 'link', link: last };
      return lines;
    },
  };
}

/** Collects lines that this version does not expect. */
function createOddityReader() {
  const found: Oddity[] = [];
  const note = (line: number, reason: Oddity['reason'], what: string): void => {
    if (!found.some((one) => one.reason === reason))
      found.push({ line, reason, what: `line ${String(line)}: ${what}` });
  };
  let begun = false;
  return {
    found,
    add(line: number, event: Event): void {
      const { kind, schemaVersion } = event as Loose & { readonly kind: string };
      if (!EVENT_KINDS.has(kind)) note(line, 'kind', `an unknown kind of event, ${shown(kind)}`);
      if (kind !== 'run-begin') return;
      if (schemaVersion !== 1)
        note(line, 'version', `an unknown schemaVersion, ${shown(schemaVersion)}; this version reads 1`);
      if (begun) note(line, 'begin', 'a second run-begin; a history has one');
      begun = true;
    },
  };
}

const shown = (value: unknown): string =>
  value === undefined ? 'that is missing' : JSON.stringify(value).slice(0, 100);
