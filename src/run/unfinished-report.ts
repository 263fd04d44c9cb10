/** The report of a run that never came to its end; loaded where there is one. */
import { loadSigningKey } from '../../reports/integrity/signing-key.ts';
import type { Signing } from '../../reports/write.ts';
import { HarnessError } from '../errors.ts';
import type { Report } from '../grade/report.ts';
import type { ReadHistory } from '../history/read-history.ts';
import { isBegunWith } from './begin-signature.ts';
import { openHistory } from './regrade.ts';
import { reportRun } from './report-run.ts';
import { damageOf } from './sign-again.ts';

/** Grades the history of the run in `dir` and writes its report there. Resolves with undefined for a history that ends before its first line or cannot be graded: it must not keep the next run from starting. */
export async function reportUnfinishedRun(
  id: string,
  dir: string,
  formats: readonly string[],
): Promise<Report | undefined> {
  try {
    const read = await openHistory(dir);
    const signing = await signingOf(id, read);
    return (await reportRun({ read, signing, from: dir, to: dir, formats, baseline: [] })).report;
  } catch (error) {
    if (error instanceof HarnessError) return undefined;
    throw error;
  }
}

/** Signs only what this installation began, in the folder in which it began it. */
async function signingOf(id: string, read: ReadHistory): Promise<Signing> {
  const [begin] = read.events;
  const { key } = await loadSigningKey();
  if (!isBegunWith(key, begin)) return { unsigned: 'its run-begin is not signed with the key of this installation' };
  if (begin?.kind === 'run-begin' && begin.run.id !== id)
    return { unsigned: `it is the history of the run ${begin.run.id}` };
  const damage = damageOf(read);
  return damage === undefined ? { key } : { unsigned: damage };
}
