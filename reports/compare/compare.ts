/** Compares several reports: a column for each run, a row for each requirement and each check, and what changed. */
import type { Report, ReportCheck, RequirementVerdict, RunVerdict } from '../../src/grade/report.ts';
import type { Level, Verdict } from '../../src/grade/check.ts';
import { requirementWord, wordOf } from '../text/words.ts';

/** One compared run, as the comparison page and the terminal table head its column. */
export interface CompareColumn {
  readonly run: string;
  readonly app: string;
  readonly startedAt: string;
  /** Id of the requirement set that the run was graded by. */
  readonly rules: string;
  readonly verdict: RunVerdict;
}

/** The result of one check in one run. */
export interface CompareCell {
  /** Undefined when that run does not have the check. */
  readonly verdict: Verdict | undefined;
  /** For people: `Not selected`. */
  readonly word: string;
  readonly message: string | undefined;
}

/** How a check changed from the first run that has it to the last: `mixed` when it got both better and worse in between. */
export type Change = 'same' | 'better' | 'worse' | 'mixed';

/** One check and its result in each run, made by `compareReports`. */
export interface CompareRow {
  readonly id: string;
  readonly suite: string;
  readonly level: Level;
  readonly title: string;
  readonly cells: readonly CompareCell[];
  readonly change: Change;
}

/** One requirement of the partner rule and its verdict in each run. */
export interface CompareRequirement {
  readonly id: string;
  readonly title: string;
  /** In the order of the columns; undefined when that run does not have the requirement. */
  readonly cells: readonly ({ readonly verdict: RequirementVerdict; readonly word: string } | undefined)[];
}

/** The result of `compareReports`, which the page and the terminal table render. */
export interface Comparison {
  readonly columns: readonly CompareColumn[];
  /** Whether all columns are runs of one client: then differences are improvements or regressions, otherwise only differences. */
  readonly oneClient: boolean;
  readonly requirements: readonly CompareRequirement[];
  /** In the order of the first report, followed by checks that only later reports have. */
  readonly rows: readonly CompareRow[];
  /** Ids of checks. */
  readonly better: readonly string[];
  readonly worse: readonly string[];
}

/** Ranks verdicts from good to bad. `inconclusive` is between met and failed, `review` is as bad as `warn`, and `skip` is not ranked. */
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
    const cells = byReport.map((checks): CompareCell => {
      const check = checks.get(id);
      const word = check === undefined ? 'Not known' : wordOf(check);
      return { verdict: check?.verdict, word, message: check?.message };
    });
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
    cells: reports.map(({ requirements, checks }) => {
      const requirement = requirements.find((one) => one.id === id);
      return requirement && { verdict: requirement.verdict, word: requirementWord(requirement, checks) };
    }),
  }));
}

/** Returns whether all columns that have a check agree on it. */
export function isAlike({ cells }: CompareRow): boolean {
  return new Set(cells.map(({ word }) => word)).size === 1;
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
