/**
 * Reads and writes the statement that a signature covers: a small text, one line a file, every line ended by a line feed.
 *
 *     sf-conformance-run/1
 *     report.json sha256:<64 hexadecimal digits>
 *     history.jsonl sha256:<64 hexadecimal digits> lines:<count> last:<SHA-256 of the last line>
 *     index.html sha256:<64 hexadecimal digits>
 *
 * The first three lines are always present, in this order; files made from them follow in alphabetical order, those of the folder
 * `schedules` as `schedules/NAME`. The digests cover the bytes on disk. `lines` and `last` show which line was changed when the digest
 * differs: each line's `prev` is the SHA-256 of the line before, and `last` closes the chain. `report.sig` is a JSON object with
 * `algorithm`, `publicKey` (SubjectPublicKeyInfo, DER, base64), `statement` and `signature` (RFC 8032 Ed25519 over the statement's
 * UTF-8 bytes, base64).
 */
import { createHash } from 'node:crypto';

import type { HistoryDigest } from '../../src/history/chain.ts';

/** The first line of every statement. */
export const FIRST_LINE = 'sf-conformance-run/1';

/** The digests that a signature covers. */
export interface Statement {
  readonly report: string;
  readonly history: HistoryDigest;
  /** SHA-256 digests of the other written files, by file name. */
  readonly others: Readonly<Record<string, string>>;
}

/** Returns the SHA-256 of a text or bytes, in hexadecimal digits. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Returns the text of a statement, which a signature covers. */
export function writeStatement({ report, history, others }: Statement): string {
  const rest = Object.entries(others)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, digest]) => `${file} sha256:${digest}\n`);
  return [
    `${FIRST_LINE}\n`,
    `report.json sha256:${report}\n`,
    `history.jsonl sha256:${history.sha256} lines:${String(history.lines)} last:${history.last}\n`,
    ...rest,
  ].join('');
}

const HEX = '([0-9a-f]{64})';
const REPORT = new RegExp(`^report\\.json sha256:${HEX}$`);
const HISTORY = new RegExp(`^history\\.jsonl sha256:${HEX} lines:(\\d{1,12}) last:${HEX}$`);
const OTHER = new RegExp(`^((?:schedules/)?[a-z][a-z0-9.-]{0,80}) sha256:${HEX}$`);

/** Returns the statement; undefined for any text that `writeStatement` does not produce. */
export function readStatement(text: string): Statement | undefined {
  const [first, second = '', third = '', ...rest] = text.split('\n');
  const report = REPORT.exec(second)?.[1];
  const history = HISTORY.exec(third);
  if (first !== FIRST_LINE || report === undefined || history === null || rest.pop() !== '') return undefined;
  const others: Record<string, string> = {};
  for (const line of rest) {
    const [, file, digest] = OTHER.exec(line) ?? [];
    if (file === undefined || digest === undefined) return undefined;
    others[file] = digest;
  }
  const [, digest = '', lines = '0', last = ''] = history;
  return { report, history: { sha256: digest, lines: Number(lines), last }, others };
}
