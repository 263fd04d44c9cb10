/** Defines the result of one check over all its scenarios. */
import type { Check, Finding, Verdict } from './check.ts';
import type { Observation } from './observation.ts';
import type { ReportScenarioVerdict, SkipReason } from './report.ts';

/** The result of one check, before root causes are considered. */
export interface Judgement {
  readonly check: Check;
  readonly verdict: Verdict;
  /** Reason of a `skip`; default: it does not apply. */
  readonly reason?: SkipReason | undefined;
  readonly finding: Finding | undefined;
  readonly message: string;
  /** Verdicts by scenario: the deciding ones first, then the others in the check's order. */
  readonly scenarios: readonly ReportScenarioVerdict[];
  /** For a check that was not exercised: what ended its scenarios early. */
  readonly broken?: readonly Observation[];
  /** The driver lacks the ability to exercise it, so no other check is the cause. */
  readonly unable?: boolean;
}

/** Returns a verdict without a finding. */
export const unjudged = (check: Check, verdict: Verdict, message: string, reason?: SkipReason): Judgement => ({
  check,
  verdict,
  reason,
  finding: undefined,
  message,
  scenarios: [],
});
