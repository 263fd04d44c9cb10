/** Finds the line of a history that was changed after it was written. */
import { describeFault, type HistoryDigest } from '../../src/history/chain.ts';
import type { ReadHistory } from '../../src/history/read-history.ts';

/** Describes in a sentence what was changed in a history; undefined when its hash chain is intact and the signed digest matches.
 * @param signed the digest that was signed, when the signature can be read */
export function changedLine(
  { digest, fault }: Pick<ReadHistory, 'digest' | 'fault'>,
  signed: HistoryDigest | undefined,
): string | undefined {
  if (fault !== undefined) {
    const followed = fault.followed ?? (fault.line === digest.lines && fault.link === signed?.last);
    return `history.jsonl, ${describeFault({ ...fault, followed })}`;
  }
  if (signed === undefined || digest.sha256 === signed.sha256) return undefined;
  if (digest.lines < signed.lines)
    return `history.jsonl, line ${String(digest.lines + 1)}: ${linesWere(signed.lines - digest.lines)} removed at the end`;
  if (digest.lines > signed.lines)
    return `history.jsonl, line ${String(signed.lines + 1)}: ${linesWere(digest.lines - signed.lines)} added at the end`;
  if (digest.last !== signed.last)
    return `history.jsonl, line ${String(digest.lines)}: the last line is not the one that was signed, or lines before it were changed and chained anew`;
  return 'history.jsonl: the bytes between the lines were changed';
}

/** `1 line was`, `2 lines were`. */
function linesWere(count: number): string {
  return count === 1 ? '1 line was' : `${String(count)} lines were`;
}
