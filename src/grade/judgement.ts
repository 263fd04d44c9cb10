/** What one check comes to over all its scenarios. */
import type { Check, Finding, Verdict } from './check.ts';
import type { Observation } from './observation.ts';
import type { ReportScenarioVerdict, SkipReason } from './report.ts';

/** What one check comes to, before root causes are looked at. */
export interface Judgement {
  readonly check: Check;
  readonly verdict: Verdict;
  /** Of a `skip`; default: it does not apply. */
  readonly reason?: SkipReason | undefined;
  readonly finding: Finding | undefined;
  readonly message: string;
  /** Those that decided first, then the others as the check declares them. */
  readonly scenarios: readonly ReportScenarioVerdict[];
  /** Of a check that was not exercised: what ended its scenarios early. */
  readonly broken?: readonly Observation[];
  /** The driver cannot do what would exercise it: no other check is the cause of that. */
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
