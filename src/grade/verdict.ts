/** How findings become verdicts: of one check, of a requirement, of the run (contract, section 5). */
import type { Finding, Level, Verdict } from './check.ts';
import type { RequirementVerdict, RunVerdict } from './report.ts';

const WORST_FIRST: readonly Verdict[] = ['fail', 'error', 'review', 'warn', 'pass', 'info'];

/** Returns the worst of the verdicts that exercised something; undefined when none did. */
export function worst(verdicts: readonly Verdict[]): Verdict | undefined {
  return WORST_FIRST.find((verdict) => verdicts.includes(verdict));
}

/** Returns what a finding means at a check's level: a SHOULD that is violated is `warn`, an INFO is only reported. */
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

/** Returns a requirement's verdict: the worst of its checks'; checks that do not apply do not count unless there are no others. */
export function requirementVerdict(verdicts: readonly Verdict[]): RequirementVerdict {
  return REQUIREMENT_WORST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? 'review';
}

/** One graded check, as far as the run's verdict needs it. */
export interface GradedCheck {
  readonly level: Level;
  readonly verdict: Verdict;
  readonly suite: string;
}

/** How much of what applies a run could show. */
export interface RunCoverage {
  /** Every MUST that applies was selected, those of the suite `settings` apart. */
  readonly whole: boolean;
  /** The run did not come to its end. */
  readonly interrupted: boolean;
}

/**
 * Returns `non-compliant` with any MUST failed; `inconclusive` while a MUST that was selected is open, when nothing was judged, or when the
 * run was interrupted; else `compliant`, or `partial` when not every MUST that applies was selected. What only settings can answer does not
 * keep a client's run from being compliant.
 */
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
