/** Reads a history file back in one pass: for grading, for reports, for verifying. */
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
  /** Without their links (`prev` is empty): links are a third of the memory that events take. */
  readonly events: readonly Event[];
  readonly digest: HistoryDigest;
  /** The last line was cut short: the process that wrote it was killed. It is left out of `events`. */
  readonly torn: boolean;
  /** Undefined when every line follows from the one before. */
  readonly fault: ChainFault | undefined;
  /** First line, apart from a torn last one, that is not an event; it is left out of `events`. */
  readonly unreadable: number | undefined;
  /** At most one for each reason, in the order of the lines. */
  readonly oddities: readonly Oddity[];
  /** First line that is not as `written` remembers it. */
  readonly changed: number | undefined;
}

export interface ReadHistoryOptions {
  /** Stops reading. */
  readonly signal?: AbortSignal | undefined;
  /** The chain that the file should have. */
  readonly written?: WrittenChain | undefined;
  /** Reads so many lines at most: a file that is still written to. */
  readonly most?: number | undefined;
}

/**
 * Reads the whole history. Of the file itself no more than a piece and a line are in memory, and the event loop turns in between.
 * @throws the error of the file system; an `AbortError` when `signal` aborts.
 */
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

/** Checks what every reader of an event relies on, whatever its kind. */
function isEvent(value: unknown): value is Event {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, t, scenario, kind } = value as Loose;
  return typeof seq === 'number' && Number.isFinite(t) && typeof scenario === 'string' && typeof kind === 'string';
}

/** Follows the chain line by line. */
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
    /** Returns the number of the line. */
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

/** Collects what this version does not expect. */
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
