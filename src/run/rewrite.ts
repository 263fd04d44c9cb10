/** Writes the reports of a recorded run again: graded anew, known failures marked, signed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportSchema } from '../../reports/schema/report-schema.ts';
import { writeReports } from '../../reports/write.ts';
import type { Report } from '../grade/report.ts';
import { applyBaseline, type BaselineEntry } from './baseline.ts';
import { ofHistory } from './damaged.ts';
import { regrade } from './regrade.ts';

export interface RewriteOptions {
  /** Folder that holds the history. */
  readonly from: string;
  /** Folder that gets the reports; may be the same. */
  readonly to: string;
  readonly formats: readonly string[];
  readonly baseline: readonly BaselineEntry[];
}

export interface Rewritten {
  readonly report: Report;
  readonly files: readonly string[];
  readonly failOn: 'must' | 'should' | 'never';
  readonly stale: readonly BaselineEntry[];
  readonly expired: readonly BaselineEntry[];
}

/** Entries of the baseline are judged by the day of the run, so that the same history gives the same report on any day.
 * @throws HarnessError `not-a-run`, `history-damaged`, or as `writeReports`. */
export function rewrite(options: RewriteOptions): Promise<Rewritten> {
  return ofHistory(options.from, () => written(options));
}

const WITHOUT_SIGNATURE = reportSchema.omit({ integrity: true });

async function written({ from, to, formats, baseline }: RewriteOptions): Promise<Rewritten> {
  const { graded, history } = await regrade(from);
  const { checks, stale, expired } = applyBaseline(graded.checks, baseline, graded.run.startedAt.slice(0, 10));
  // What a changed history makes of a report may be none: it is not written over the one that is there.
  WITHOUT_SIGNATURE.parse({ ...graded, checks });
  const files = await writeReports({
    dir: to,
    report: { ...graded, checks },
    history,
    formats,
    historyFrom: join(from, 'history.jsonl'),
  });
  const begin = history[0];
  return { ...files, failOn: begin?.kind === 'run-begin' ? begin.failOn : 'must', stale, expired };
}

/** The known failures that an earlier report of the run names; none when there is no such report. */
export async function acceptedBefore(dir: string): Promise<readonly BaselineEntry[]> {
  try {
    const { checks } = JSON.parse(await readFile(join(dir, 'report.json'), 'utf8')) as Partial<Report>;
    return (checks ?? []).flatMap(({ id, baseline }) => (baseline === undefined ? [] : [{ id, ...baseline }]));
  } catch {
    return [];
  }
}
