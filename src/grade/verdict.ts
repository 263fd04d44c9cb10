/** Derives the verdicts of a check, a requirement and a run from findings (docs/contract.md, section 5). */
import type { Finding, Level, Verdict } from './check.ts';
import type { RequirementVerdict, RunVerdict } from './report.ts';

const WORST_FIRST: readonly Verdict[] = ['fail', 'error', 'review', 'warn', 'pass', 'info'];

/** Returns the worst of the verdicts of exercised checks; undefined when there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict | undefined {
  return WORST_FIRST.find((verdict) => verdicts.includes(verdict));
}

/** Returns the verdict of a finding at a check's level: a violated SHOULD is `warn`, an INFO is only reported. */
export function atLevel(finding: Finding['verdict'], level: Level, failOn: 'must' | 'should' | 'never'): Verdict {
  if (finding !== 'fail') return finding;
  if (level === 'MUST') return 'fail';
  if (level === 'INFO') return 'info';
  return failOn === 'should' ? 'fail' : 'warn';
}

const REQUIREMENT_WORST_FIRST: readonly Verdict[] = [
  'fail',
  'error',
  'inconclusive',
  'review',
  'warn',
  'pass',
  'info',
  'skip',
];

/** Returns a requirement's verdict: the worst of its checks. Checks that do not apply count only when there are no others. */
export function requirementVerdict(verdicts: readonly Verdict[]): RequirementVerdict {
  return REQUIREMENT_WORST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? 'review';
}

/** The part of a graded check that the run's verdict depends on. */
export interface GradedCheck {
  readonly level: Level;
  readonly verdict: Verdict;
  readonly suite: string;
}

/** How much of the applicable checks a run covered. */
export interface RunCoverage {
  /** Whether every applicable MUST was selected, except those of the suite `settings`. */
  readonly whole: boolean;
  /** Whether the run did not end normally. */
  readonly interrupted: boolean;
}

/** Returns `non-compliant` when a MUST failed; `inconclusive` when a selected MUST is open, nothing was judged, or the run was
 * interrupted; else `compliant`, or `partial` when not every applicable MUST was selected. Requirements that only settings can answer do
 * not prevent a client's run from being compliant. */
export function runVerdict(checks: readonly GradedCheck[], { whole, interrupted }: RunCoverage): RunVerdict {
  const musts = checks.filter(({ level }) => level === 'MUST');
  if (musts.some(({ verdict }) => verdict === 'fail')) return 'non-compliant';
  const open = musts.filter(
    ({ verdict, suite }) => verdict === 'error' || (verdict === 'inconclusive' && suite !== 'settings'),
  );
  const judged = checks.some(({ verdict }) => ['pass', 'warn', 'review', 'info'].includes(verdict));
  if (open.length > 0 || !judged || interrupted) return 'inconclusive';
  return whole ? 'compliant' : 'partial';
}
