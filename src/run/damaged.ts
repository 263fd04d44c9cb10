/** A history that was changed or belongs to another version can lead grading and rendering astray: then its fault is told, not ours. */
import { join } from 'node:path';
import { eventSchema } from '../history/event.ts';
import { linesOf } from '../history/lines.ts';
import { verifyChain } from '../history/read-history.ts';
import { HarnessError } from '../errors.ts';

/**
 * Resolves with what `work` makes of the history in `dir`.
 * @throws HarnessError `history-damaged` instead of an unexpected error, when the history is not as a run leaves it
 */
export async function ofHistory<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    throw damageIn(join(dir, 'history.jsonl'), cause) ?? cause;
  }
}

const HINT = 'Name the folder as the run left it; sf-conformance verify tells what was changed.';

/** Half a line at the end was cut, not damaged. */
function faultOf(line: string) {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return eventSchema.safeParse(value).error?.issues[0];
}

function damageIn(path: string, cause: unknown): HarnessError | undefined {
  const damaged = (message: string) => new HarnessError('history-damaged', message, HINT, { cause });
  try {
    let number = 0;
    for (const line of linesOf(path)) {
      number += 1;
      const issue = faultOf(line);
      if (issue === undefined) continue;
      const place = issue.path.map(String).join('.').slice(0, 200);
      return damaged(`Line ${number} of ${path} is no event of version 1: look at "${place}".`);
    }
    const changed = verifyChain(linesOf(path));
    return changed === undefined
      ? undefined
      : damaged(`Line ${changed} of ${path} does not follow from the one before.`);
  } catch {
    return undefined;
  }
}
