/** Writes the reports of a live session, as often as asked for and never twice at once. */
import { pointLatest, type RunFolder } from '../run/folder.ts';
import { reportRun, type ReportedRun, type ReportRunOptions } from '../run/report-run.ts';

/** Returns the writer: it grades what is on disk and lets `latest` lead to it. It throws what `reportRun` throws. */
export function createReports(
  outDir: string,
  folder: RunFolder,
  options: Pick<ReportRunOptions, 'formats' | 'baseline'>,
): () => Promise<ReportedRun> {
  let writing: Promise<unknown> = Promise.resolve();
  const write = async (): Promise<ReportedRun> => {
    const written = await reportRun({ from: folder.path, to: folder.path, ...options });
    await pointLatest(outDir, folder);
    return written;
  };
  return () => {
    const next = writing.then(write);
    writing = next.catch(() => undefined);
    return next;
  };
}
