/** Reports a requirement of the partner rule: answered by checks, attested by a person, or open. */
import type { EventOf } from '../history/event.ts';
import { judgeAttestation, type AttestationState } from './attestation.ts';
import type { ReportCheck, ReportRequirement } from './report.ts';
import { requirementVerdict } from './verdict.ts';

/** A sentence of the partner rule with the checks that answer it, from `suites/requirements/`. */
export interface GradedRequirement {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  readonly source: string;
  readonly due: string;
  readonly answeredBy: 'checks' | 'settings' | 'people';
  readonly checks: readonly string[];
  readonly note?: string | undefined;
}

/** Converts a requirement into its entry in the report.
 * @param begin start of the run, with the attestations and the day that count */
export function reportRequirement(
  requirement: GradedRequirement,
  checks: readonly ReportCheck[],
  begin: EventOf<'run-begin'>,
): ReportRequirement {
  const own = checks.filter(({ requirements }) => requirements.includes(requirement.id));
  const judged = judgeAttestation(begin.attestations, requirement.id, begin.run.startedAt.slice(0, 10));
  const attestation = judged.state === 'attested' ? judged.attestation : undefined;
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
    ...noteOf(
      [
        requirement.answeredBy === 'checks' || (unanswered && attestation === undefined) ? requirement.note : undefined,
        begin.attestations[requirement.id] === undefined ? undefined : without(judged),
      ].filter((part) => part !== undefined),
    ),
  };
}

function noteOf(parts: readonly string[]): { readonly note?: string } {
  return parts.length === 0 ? {} : { note: parts.join(' ') };
}

/** Explains why a given attestation does not count. */
function without(judged: AttestationState): string | undefined {
  switch (judged.state) {
    case 'attested':
      return undefined;
    case 'expired':
      return `The attestation by ${judged.attestation.by} held until ${judged.attestation.until} and counts as missing since.`;
    case 'missing':
      return `The attestation that was given does not count. ${judged.reason}`;
  }
}
