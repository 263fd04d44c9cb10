/** Writes the reports of a run folder, as often as asked for and never twice at once. */
import { writeReports } from '../../reports/write.ts';
import type { Report } from '../grade/report.ts';
import { pointLatest, type RunFolder } from '../run/folder.ts';
import { regrade } from '../run/regrade.ts';
import { writeSchedules } from '../run/schedule-files.ts';

export interface Written {
  readonly report: Report;
  readonly files: readonly string[];
}

/** Returns the writer: it grades what is on disk. @throws what `writeReports` throws. */
export function createReports(outDir: string, folder: RunFolder, formats: readonly string[]): () => Promise<Written> {
  let writing: Promise<unknown> = Promise.resolve();
  const write = async (): Promise<Written> => {
    const { graded, history } = await regrade(folder.path);
    await writeSchedules(folder.path, history);
    const written = await writeReports({ dir: folder.path, report: graded, history, formats });
    await pointLatest(outDir, folder);
    return written;
  };
  return () => {
    const next = writing.then(write);
    writing = next.catch(() => undefined);
    return next;
  };
}
