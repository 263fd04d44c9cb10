/** Reads and grades a recorded history, without a client and without a network. */
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { grade, type Graded } from '../grade/grade.ts';
import { rulesOf } from '../history/rules.ts';
import { readHistory, type ReadHistory } from '../history/read-history.ts';
import { loadRuleCatalogue } from './catalogue.ts';

const HINT = 'Name the folder that holds history.jsonl, such as reports/runs/latest.';

/** Reads the history of the run in `dir`.
 * @throws HarnessError `not-a-run` when there is none that can be read; an `AbortError` when `signal` aborts. */
export async function openHistory(dir: string, signal?: AbortSignal): Promise<ReadHistory> {
  try {
    return await readHistory(join(dir, 'history.jsonl'), { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new HarnessError('not-a-run', `The history in ${dir} cannot be read.`, HINT, { cause });
  }
}

/** Grades a history that was read from `dir`.
 * @throws HarnessError `not-a-run` when it does not begin with a `run-begin`; `history-damaged` when a line is not an event or has an
 * unknown `schemaVersion`; `unknown-rules` when it names a requirement set that this version does not have. */
export async function regrade({ events, unreadable, oddities }: ReadHistory, dir: string): Promise<Graded> {
  const version = oddities.find(({ reason }) => reason === 'version');
  if (version !== undefined) throw damaged(`${dir}/history.jsonl, ${version.what}.`, 'Use the version that wrote it.');
  if (unreadable !== undefined) {
    const hint = 'Use the folder as the run left it; sf-conformance verify names what was changed.';
    throw damaged(`${dir}/history.jsonl, line ${String(unreadable)}: it is not an event.`, hint);
  }
  if (events[0]?.kind !== 'run-begin') throw new HarnessError('not-a-run', `${dir} holds no history of a run.`, HINT);
  return grade(events, await loadRuleCatalogue(rulesOf(events[0])));
}

function damaged(message: string, hint: string): HarnessError {
  return new HarnessError('history-damaged', message, hint);
}
