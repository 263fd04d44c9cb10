/** Puts several reports side by side: a column for each run, a row for each requirement and each check, and what changed. */
import type { Report, ReportCheck, RequirementVerdict, RunVerdict } from '../../src/grade/report.ts';
import type { Level, Verdict } from '../../src/grade/check.ts';

export interface CompareColumn {
  readonly run: string;
  readonly app: string;
  readonly startedAt: string;
  /** Id of the requirement set that it was graded by. */
  readonly rules: string;
  readonly verdict: RunVerdict;
}

export interface CompareCell {
  /** Undefined when that run did not know the check. */
  readonly verdict: Verdict | undefined;
  readonly message: string | undefined;
}

/** From the first column that has the check to the last one: `mixed` when it went both ways in between. */
export type Change = 'same' | 'better' | 'worse' | 'mixed';

export interface CompareRow {
  readonly id: string;
  readonly suite: string;
  readonly level: Level;
  readonly title: string;
  readonly cells: readonly CompareCell[];
  readonly change: Change;
}

/** A sentence of the partner rule. */
export interface CompareRequirement {
  readonly id: string;
  readonly title: string;
  /** By column; undefined when that run did not know it. */
  readonly verdicts: readonly (RequirementVerdict | undefined)[];
}

export interface Comparison {
  readonly columns: readonly CompareColumn[];
  /** All columns are runs of one client: what differs got better or worse. Otherwise it only differs. */
  readonly oneClient: boolean;
  readonly requirements: readonly CompareRequirement[];
  /** In the order of the reports; checks that only later reports know follow. */
  readonly rows: readonly CompareRow[];
  /** Ids of checks. */
  readonly better: readonly string[];
  readonly worse: readonly string[];
}

/** How bad a verdict is. What was not exercised is between met and broken; what does not apply takes no part, and what a person must
 * look at is as bad as a SHOULD that is not met. */
const WORSE: Readonly<Record<Verdict, number | undefined>> = {
  pass: 0,
  info: 0,
  warn: 1,
  review: 1,
  inconclusive: 3,
  error: 4,
  fail: 5,
  skip: undefined,
};

/** Compares reports in the order given. */
export function compareReports(reports: readonly Report[]): Comparison {
  const known = new Map<string, ReportCheck>();
  const byReport = reports.map((report) => {
    for (const check of report.checks) if (!known.has(check.id)) known.set(check.id, check);
    return new Map(report.checks.map((check) => [check.id, check]));
  });
  const rows = [...known.values()].map(({ id, suite, level, title }): CompareRow => {
    const cells = byReport.map((checks) => ({ verdict: checks.get(id)?.verdict, message: checks.get(id)?.message }));
    return { id, suite, level, title, cells, change: changeOf(cells.map(({ verdict }) => verdict)) };
  });
  return {
    columns: reports.map(({ run, app, verdict }) => ({
      run: run.id,
      app: app.name,
      startedAt: run.startedAt,
      rules: run.rules,
      verdict,
    })),
    oneClient: new Set(reports.map(({ app }) => app.name)).size === 1,
    requirements: requirementRows(reports),
    rows,
    better: rows.filter(({ change }) => change === 'better').map(({ id }) => id),
    worse: rows.filter(({ change }) => change === 'worse').map(({ id }) => id),
  };
}

function requirementRows(reports: readonly Report[]): readonly CompareRequirement[] {
  const titles = new Map(reports.flatMap(({ requirements }) => requirements.map(({ id, title }) => [id, title])));
  return [...titles].map(([id, title]) => ({
    id,
    title,
    verdicts: reports.map(({ requirements }) => requirements.find((one) => one.id === id)?.verdict),
  }));
}

/** Returns whether all columns that know a check agree on it. */
export function isAlike({ cells }: CompareRow): boolean {
  return new Set(cells.map(({ verdict }) => verdict)).size === 1;
}

function changeOf(verdicts: readonly (Verdict | undefined)[]): Change {
  const scale = verdicts
    .flatMap((verdict) => (verdict === undefined ? [] : [WORSE[verdict]]))
    .filter((one) => one !== undefined);
  const steps = scale.slice(1).map((one, index) => one - (scale[index] ?? one));
  const up = steps.some((step) => step > 0);
  const down = steps.some((step) => step < 0);
  if (up && down) return 'mixed';
  return up ? 'worse' : down ? 'better' : 'same';
}
