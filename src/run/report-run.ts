/** Writes the reports of a recorded run: graded from its history, with known failures marked, and signed where that is allowed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportSchema } from '../grade/report.ts';
import { writeReports, type Signing } from '../../reports/write.ts';
import type { Report } from '../grade/report.ts';
import type { ReadHistory } from '../history/read-history.ts';
import { applyBaseline, type BaselineEntry } from './baseline.ts';
import { ofHistory } from './damaged.ts';
import { regrade } from './regrade.ts';
import { writeSchedules } from './schedule-files.ts';

/** Options of `reportRun`. */
export interface ReportRunOptions {
  /** The history as read from `from`. */
  readonly read: ReadHistory;
  readonly signing: Signing;
  /** Folder with the history. */
  readonly from: string;
  /** Folder for the reports; may be the same. */
  readonly to: string;
  readonly formats: readonly string[];
  /** Known failures, from the baseline file or an earlier report. */
  readonly baseline: readonly BaselineEntry[];
}

/** The result of `reportRun`. */
export interface ReportedRun {
  readonly report: Report;
  /** Absolute paths of the written files. */
  readonly files: readonly string[];
  readonly failOn: 'must' | 'should' | 'never';
  /** Entries of the baseline whose check passes. */
  readonly stale: readonly BaselineEntry[];
  /** Entries of the baseline whose last day is over. */
  readonly expired: readonly BaselineEntry[];
}

/** Writes the reports. The baseline is judged by the day of the run, so the same history gives the same report on any day.
 * @throws HarnessError `not-a-run`, `history-damaged`, or as `writeReports`. */
export function reportRun(options: ReportRunOptions): Promise<ReportedRun> {
  return ofHistory(options.from, () => written(options));
}

const WITHOUT_SIGNATURE = reportSchema.omit({ integrity: true });

async function written({ read, signing, from, to, formats, baseline }: ReportRunOptions): Promise<ReportedRun> {
  const graded = await regrade(read, from);
  const { checks, stale, expired } = applyBaseline(graded.checks, baseline, graded.run.startedAt.slice(0, 10));
  // A changed history may lead to an invalid report: validate it before it replaces the existing one.
  WITHOUT_SIGNATURE.parse({ ...graded, checks });
  const schedules = await writeSchedules(to, read.events);
  const { report, files } = await writeReports({
    dir: to,
    report: { ...graded, checks },
    history: read.events,
    digest: read.digest,
    signing,
    formats,
    others: schedules,
    historyFrom: join(from, 'history.jsonl'),
  });
  const begin = read.events[0];
  return { report, files, failOn: begin?.kind === 'run-begin' ? begin.failOn : 'must', stale, expired };
}

/** Reads the accepted failures from an earlier report of the run; empty when there is no such report. */
export async function acceptedBefore(dir: string): Promise<readonly BaselineEntry[]> {
  try {
    const { checks } = JSON.parse(await readFile(join(dir, 'report.json'), 'utf8')) as Partial<Report>;
    return (checks ?? []).flatMap(({ id, baseline }) => (baseline === undefined ? [] : [{ id, ...baseline }]));
  } catch {
    return [];
  }
}
