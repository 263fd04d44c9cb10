/** Reads a history that this process has written, and verifies that the file was not changed. */
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { WrittenChain } from '../history/chain.ts';
import type { Log } from '../history/log.ts';
import { readHistory, type ReadHistory } from '../history/read-history.ts';

const HINT =
  'Another process wrote to the folder of the run, so nothing was graded and nothing was signed. Run again with --out in a folder that the client does not write to.';

/** Reads the history in `dir` and compares it with what `log` has written. While the log is open, only the events up to now count.
 * @throws HarnessError `history-changed` (exit 70), which names the line, when the file differs. */
export async function readOwnHistory(dir: string, log: Pick<Log, 'chain' | 'flush' | 'closed'>): Promise<ReadHistory> {
  log.flush();
  const path = join(dir, 'history.jsonl');
  const written = asOfNow(log.chain);
  const most = log.closed ? undefined : written.lines;
  const read = await readHistory(path, { written, most }).catch((cause: unknown) => {
    throw changed(`${path} cannot be read any more.`, cause);
  });
  const what = differenceOf(read, written);
  if (what !== undefined) throw changed(`${path}, ${what}.`);
  return read;
}

function asOfNow(chain: WrittenChain): WrittenChain {
  const { lines, last } = chain;
  return { lines, last, linkAt: (line) => (line < lines ? chain.linkAt(line) : line === lines ? last : undefined) };
}

/** Describes the difference and its place. */
function differenceOf({ digest, changed: line }: ReadHistory, written: WrittenChain): string | undefined {
  if (line !== undefined) {
    // For a long history only every n-th line is remembered.
    let first = line;
    while (first > 1 && written.linkAt(first - 1) === undefined) first -= 1;
    const where =
      first === line ? `line ${String(line)}` : `line ${String(line)} or one after line ${String(first - 1)}`;
    return `${where}: it is not what was recorded`;
  }
  if (digest.lines < written.lines) return `line ${String(digest.lines + 1)}: it is missing`;
  if (digest.lines > written.lines) return `line ${String(written.lines + 1)}: it was added`;
  return undefined;
}

function changed(message: string, cause?: unknown): HarnessError {
  return new HarnessError('history-changed', message, HINT, { cause, exit: 70 });
}
