/** Determines the exit code of the command line (docs/contract.md, section 1). Pure. */
import type { Level, Verdict } from '../grade/check.ts';
import type { RunVerdict } from '../grade/report.ts';

/** Every exit code and what it means; `help exit-codes` prints this. */
export const EXIT_CODES = [
  [
    0,
    'compliant; or partial: the selected checks passed, which is not a statement of compliance; or all was done as asked',
  ],
  [1, 'not compliant; or changed since it was signed; or a stale or expired entry in the baseline'],
  [2, 'wrong usage, wrong configuration or failed pre-flight: the client was never judged'],
  [3, 'inconclusive: no MUST failed, but an applicable MUST was never exercised'],
  [70, 'a fault of the harness itself'],
  [130, 'interrupted (SIGINT), with a partial report that says so'],
  [143, 'ended (SIGTERM), with a partial report that says so'],
] as const;

/** An exit code of the command line. */
export type ExitCode = (typeof EXIT_CODES)[number][0];

/** The facts about a finished run that decide its exit code. */
export interface Ending {
  readonly verdict: RunVerdict;
  /** `accepted`: the baseline contains this failure. */
  readonly checks: readonly { readonly level: Level; readonly verdict: Verdict; readonly accepted: boolean }[];
  readonly failOn: 'must' | 'should' | 'never';
  /** An entry of the baseline is stale or expired. */
  readonly baselineOutdated: boolean;
  readonly interrupted?: 'SIGINT' | 'SIGTERM' | undefined;
}

/** Returns the exit code of a run. An interrupt takes precedence over failures, those over errors of the harness, those over the rest. An
 * accepted failure keeps its verdict and the run's but does not affect the exit code. With `never`, failures and open questions do not
 * affect it either. */
export function exitCode(ending: Ending): ExitCode {
  if (ending.interrupted !== undefined) return ending.interrupted === 'SIGINT' ? 130 : 143;
  const failing = ending.checks.filter(({ verdict }) => verdict === 'fail');
  const counted = failing.filter(
    ({ level, accepted }) => !accepted && (level === 'MUST' || ending.failOn === 'should'),
  );
  if (ending.failOn !== 'never' && counted.length > 0) return 1;
  if (ending.checks.some(({ verdict }) => verdict === 'error')) return 70;
  if (ending.failOn === 'never') return 0;
  if (ending.baselineOutdated) return 1;
  return ending.verdict === 'inconclusive' ? 3 : 0;
}
