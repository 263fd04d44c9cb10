/** How a requirement of the partner rule stands in the report: answered by checks, by a person's word, or by nobody yet. */
import type { EventOf } from '../history/event.ts';
import { attestationOf } from './attestation.ts';
import type { ReportCheck, ReportRequirement } from './report.ts';
import { requirementVerdict } from './verdict.ts';

/** A sentence of the partner rule and what answers it; `suites/requirements.ts` holds them. */
export interface GradedRequirement {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  readonly source: string;
  readonly due: string;
  readonly answeredBy: 'checks' | 'settings' | 'people';
  readonly checks: readonly string[];
  readonly note?: string;
}

/** @param begin whose attestations count, on the day that the run began */
export function reportRequirement(
  requirement: GradedRequirement,
  checks: readonly ReportCheck[],
  begin: EventOf<'run-begin'>,
): ReportRequirement {
  const own = checks.filter(({ requirements }) => requirements.includes(requirement.id));
  const attestation = attestationOf(begin.attestations, requirement.id, begin.run.startedAt.slice(0, 10));
  const applied = own.filter(({ verdict }) => verdict !== 'skip');
  const byChecks = requirementVerdict(own.map(({ verdict }) => verdict));
  const unanswered = requirement.answeredBy !== 'checks' && applied.length === 0;
  return {
    id: requirement.id,
    title: requirement.title,
    rule: requirement.rule,
    source: requirement.source,
    due: requirement.due,
    verdict: unanswered ? (attestation === undefined ? 'review' : 'attested') : byChecks,
    checks: own.map(({ id }) => id),
    ...(attestation === undefined ? {} : { attestation }),
    ...(requirement.note === undefined ? {} : { note: requirement.note }),
  };
}
