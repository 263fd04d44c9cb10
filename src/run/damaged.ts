/** Explains an unexpected error while a history is graded: a changed history, or one of another version, may cause it. */
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { eventSchema } from '../history/event.ts';
import { lineBatches } from '../history/lines.ts';
import { readHistory } from '../history/read-history.ts';

/** Resolves with the result of `work` on the history in `dir`.
 * @throws HarnessError `history-damaged` instead of an unexpected error, when the history is not as a run writes it */
export async function ofHistory<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    throw (await damageIn(join(dir, 'history.jsonl'), cause)) ?? cause;
  }
}

const HINT = 'Use the folder as the run left it; sf-conformance verify names what was changed.';

async function damageIn(path: string, cause: unknown): Promise<HarnessError | undefined> {
  const damaged = (message: string) => new HarnessError('history-damaged', message, HINT, { cause });
  try {
    const invalid = await firstInvalid(path);
    if (invalid !== undefined) {
      return damaged(`Line ${invalid.line} of ${path} is not an event of version 1: look at "${invalid.place}".`);
    }
    const { fault } = await readHistory(path);
    return fault && damaged(`Line ${fault.line} of ${path} does not follow from the one before.`);
  } catch {
    return undefined;
  }
}

/** Finds the first line that violates the schema, and the place in it. */
async function firstInvalid(path: string): Promise<{ readonly line: number; readonly place: string } | undefined> {
  let line = 0;
  for await (const { lines } of lineBatches(path)) {
    for (const text of lines) {
      line += 1;
      const issue = issueOf(text.toString('utf8'));
      if (issue !== undefined) return { line, place: issue.path.map(String).join('.').slice(0, 200) };
    }
  }
  return undefined;
}

/** Returns the first schema issue of a line. An incomplete last line was cut off, not damaged. */
function issueOf(line: string) {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return eventSchema.safeParse(value).error?.issues[0];
}
