/** Turns a judgement into its entry in the report. */
import type { ReportCheck } from './report.ts';
import type { Caused } from './root-causes.ts';

/** Converts a judgement into its entry in the report.
 * @param requirements ids of the requirements that the check answers */
export function reportCheck(judgement: Caused, requirements: readonly string[]): ReportCheck {
  const { check, finding, verdict } = judgement;
  const wanting = verdict === 'fail' || verdict === 'warn' || verdict === 'review';
  return {
    id: check.id,
    suite: check.suite,
    level: check.level,
    title: check.title,
    references: check.references,
    requirements,
    verdict,
    ...(verdict === 'skip' ? { reason: judgement.reason ?? 'not-applicable' } : {}),
    message: judgement.message,
    ...(finding?.diagnosis === undefined ? {} : { diagnosis: finding.diagnosis }),
    ...(wanting ? { remedy: finding?.remedy ?? check.remedy } : {}),
    why: check.why,
    ...(judgement.blockedBy === undefined ? {} : { blockedBy: judgement.blockedBy }),
    scenarios: judgement.scenarios,
  };
}
