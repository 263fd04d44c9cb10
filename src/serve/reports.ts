/** Writes the reports of a live session, whenever requested and never twice at the same time. */
import { pointLatest } from '../run/folder.ts';
import type { OpenRun } from '../run/open-run.ts';
import { readOwnHistory } from '../run/own-history.ts';
import type { ReportedRun, ReportRunOptions } from '../run/report-run.ts';

/** Returns the writer: it grades the events so far and points `latest` to the report. Throws as `readOwnHistory` and `reportRun` do. */
export function createReports(
  outDir: string,
  { folder, log }: Pick<OpenRun, 'folder' | 'log'>,
  options: Pick<ReportRunOptions, 'formats' | 'baseline' | 'signing'>,
): () => Promise<ReportedRun> {
  let writing: Promise<unknown> = Promise.resolve();
  const write = async (): Promise<ReportedRun> => {
    // Reports and their formats are no part of a start.
    const { reportRun } = await import('../run/report-run.ts');
    const written = await reportRun({
      ...{ read: await readOwnHistory(folder.path, log), from: folder.path, to: folder.path },
      ...options,
    });
    await pointLatest(outDir, folder);
    return written;
  };
  return () => {
    const next = writing.then(write);
    writing = next.catch(() => undefined);
    return next;
  };
}
