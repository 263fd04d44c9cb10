/** Chains the lines of a history: each line carries the SHA-256 of the line before. */
import { hash } from 'node:crypto';

/** Value of `prev` in the first line. */
export const FIRST_LINK = '0'.repeat(64);

/** Returns the SHA-256 of a line without its line break, in hexadecimal digits. */
export const linkOf = (line: string | Uint8Array): string => hash('sha256', line, 'hex');

/** Identifies a history file byte by byte. */
export interface HistoryDigest {
  /** SHA-256 of the whole file. */
  readonly sha256: string;
  readonly lines: number;
  /** SHA-256 of the last line without its line break; of the empty text when there is none. */
  readonly last: string;
}

/** The first line that does not continue the chain. */
export interface ChainFault {
  /** Counts from 1. */
  readonly line: number;
  /** `event`: not an event. `number`: its `seq` is not the line's number. `link`: its `prev` is not the SHA-256 of the line before. */
  readonly reason: 'event' | 'number' | 'link';
  /** Its `seq`; with `number` only. */
  readonly seq?: unknown;
  /** SHA-256 of the line itself. */
  readonly link: string;
  /** Whether the next line carries its SHA-256; undefined when there is no next line. */
  readonly followed?: boolean;
}

/** Describes the fault of a line as the rest of a sentence that names the history. */
export function describeFault({ line, reason, seq, followed }: ChainFault): string {
  const name = `line ${String(line)}`;
  switch (reason) {
    case 'event':
      return `${name}: it is not an event`;
    case 'number':
      return `${name}: it has the number ${String(seq)}; lines before it were added, removed or moved`;
    case 'link':
      if (line === 1) return `${name}: it was changed; it does not begin a history`;
      return followed === true
        ? `line ${String(line - 1)}: it was changed; its SHA-256 is not the one that ${name} carries`
        : `${name}: it was changed, or line ${String(line - 1)} was; it does not follow from it any more`;
  }
}

/** The hashes that a process keeps of a history it writes, so that a change of the file is noticed. */
export interface WrittenChain {
  /** Lines written so far. */
  readonly lines: number;
  /** SHA-256 of the last line. */
  readonly last: string;
  /** Returns the SHA-256 of a line where it is kept: of every line, or of every n-th line of a long history. */
  linkAt(line: number): string | undefined;
}

/** Most hashes that are kept. */
const MOST_LINKS = 1 << 16;

/** Creates the hashes of a history while it is written, in bounded memory. */
export function createWrittenChain(): WrittenChain & { add(link: string): void } {
  let lines = 0;
  let last = linkOf('');
  let every = 1;
  let links: string[] = [];
  return {
    get lines() {
      return lines;
    },
    get last() {
      return last;
    },
    linkAt(line) {
      if (line === lines) return last;
      return line % every === 0 ? links[line / every - 1] : undefined;
    },
    add(link) {
      lines += 1;
      last = link;
      if (lines % every !== 0) return;
      links.push(link);
      if (links.length < MOST_LINKS) return;
      links = links.filter((_, index) => index % 2 === 1);
      every *= 2;
    },
  };
}
