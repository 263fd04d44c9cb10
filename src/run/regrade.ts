/** Grades a recorded history: the end of a run, and all of `report`. Neither a client nor a network is needed. */
import { join } from 'node:path';
import { requirements } from '../../suites/requirements.ts';
import { grade, type Graded } from '../grade/grade.ts';
import type { Event } from '../history/event.ts';
import { readHistorySync } from '../history/read-history.ts';
import { HarnessError } from '../errors.ts';
import { loadCatalogue } from './catalogue.ts';

/** @throws HarnessError `not-a-run` when `dir` holds no history that begins as one. */
export async function regrade(dir: string): Promise<{ readonly graded: Graded; readonly history: readonly Event[] }> {
  const { checks } = await loadCatalogue();
  const history = read(dir);
  if (history[0]?.kind !== 'run-begin') {
    throw new HarnessError(
      'not-a-run',
      `${dir} holds no history of a run.`,
      'Name the folder that holds history.jsonl.',
    );
  }
  return { graded: grade(history, { checks, requirements }), history };
}

function read(dir: string): readonly Event[] {
  try {
    return readHistorySync(join(dir, 'history.jsonl')).events;
  } catch (cause) {
    throw new HarnessError(
      'not-a-run',
      `The history in ${dir} cannot be read.`,
      'Name the folder that holds history.jsonl.',
      {
        cause,
      },
    );
  }
}
