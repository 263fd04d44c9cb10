/** Writes the reports of a live session, as often as asked for and never twice at once. */
import { pointLatest } from '../run/folder.ts';
import type { OpenRun } from '../run/open-run.ts';
import { readOwnHistory } from '../run/own-history.ts';
import { reportRun, type ReportedRun, type ReportRunOptions } from '../run/report-run.ts';

/** Returns the writer: it grades what was recorded so far and lets `latest` lead to it. It throws what `readOwnHistory` and `reportRun` throw. */
export function createReports(
  outDir: string,
  { folder, log }: Pick<OpenRun, 'folder' | 'log'>,
  options: Pick<ReportRunOptions, 'formats' | 'baseline' | 'signing'>,
): () => Promise<ReportedRun> {
  let writing: Promise<unknown> = Promise.resolve();
  const write = async (): Promise<ReportedRun> => {
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
