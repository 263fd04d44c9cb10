/** Finds the line of a history that was changed after it was written, and says so in a sentence. */
import { linesOf } from '../../src/history/lines.ts';
import { linkOf } from '../../src/history/open-log.ts';
import { verifyChain } from '../../src/history/read-history.ts';
import type { HistoryDigest } from './statement.ts';

/**
 * @param found the digest of the file as it lies there
 * @param signed the digest that was signed, when the signature can be read
 * @returns what was changed, or undefined when the chain holds and is the one that was signed
 */
export function changedLine(path: string, found: HistoryDigest, signed: HistoryDigest | undefined): string | undefined {
  const broken = verifyChain(linesOf(path));
  // A run that was killed leaves half a line at the end; signed as it lies there, it is what it was.
  const isTorn =
    broken === found.lines && found.sha256 === signed?.sha256 && parse(window(path, broken)[1]) === undefined;
  if (broken !== undefined && !isTorn) return `history.jsonl, ${describe(path, broken, signed)}`;
  if (signed === undefined || found.sha256 === signed.sha256) return undefined;
  if (found.lines < signed.lines)
    return `history.jsonl, line ${String(found.lines + 1)}: ${String(signed.lines - found.lines)} lines are missing at the end`;
  if (found.lines > signed.lines)
    return `history.jsonl, line ${String(signed.lines + 1)}: ${String(found.lines - signed.lines)} lines were added at the end`;
  if (found.last !== signed.last)
    return `history.jsonl, line ${String(found.lines)}: the last line is not the one that was signed, or lines before it were changed and chained anew`;
  return 'history.jsonl: the bytes between the lines were changed';
}

/** Line `broken` does not follow from the one before. Which of the two was touched shows in what follows. */
function describe(path: string, broken: number, signed: HistoryDigest | undefined): string {
  const [before, line, after] = window(path, broken);
  const event = parse(line);
  if (event === undefined) return `line ${String(broken)}: it is no event any more`;
  if (event.seq !== broken)
    return `line ${String(broken)}: it carries the number ${String(event.seq)}; lines before it were added, taken out or moved`;
  if (broken === 1) return 'line 1: it was changed; a first line follows no other';
  const genuine = after === undefined ? linkOf(line ?? '') === signed?.last : parse(after)?.prev === linkOf(line ?? '');
  return genuine && before !== undefined
    ? `line ${String(broken - 1)}: it was changed; its SHA-256 is not the one that line ${String(broken)} carries`
    : `line ${String(broken)}: it was changed, or line ${String(broken - 1)} was; they are not chained any more`;
}

function parse(line: string | undefined): { readonly seq: number; readonly prev: string } | undefined {
  try {
    const value = JSON.parse(line ?? '') as { readonly seq?: unknown; readonly prev?: unknown } | null;
    if (typeof value?.seq !== 'number' || typeof value.prev !== 'string') return undefined;
    return { seq: value.seq, prev: value.prev };
  } catch {
    return undefined;
  }
}

function window(path: string, middle: number): [string | undefined, string | undefined, string | undefined] {
  const found: [string | undefined, string | undefined, string | undefined] = [undefined, undefined, undefined];
  let number = 0;
  for (const line of linesOf(path)) {
    number += 1;
    if (number > middle + 1) break;
    if (number >= middle - 1) found[number - middle + 1] = line;
  }
  return found;
}
