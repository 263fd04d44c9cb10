/** Relates checks to the requirements of a set (docs/contract.md, section 7). Pure. */
import type { Check } from './check.ts';
import type { GradedRequirement } from './report-requirement.ts';

/** Returns whether a requirement set has a check. A check that declares no sets belongs to all of them. */
export function isInSet({ rules }: Pick<Check, 'rules'>, set: string): boolean {
  return rules === undefined || rules.includes(set);
}

/** Returns the ids of the `requirements` that a check answers: they name the check, or the check names them. */
export function answeredBy(
  check: Pick<Check, 'id' | 'requirements'>,
  requirements: readonly Pick<GradedRequirement, 'id' | 'checks'>[],
): readonly string[] {
  return requirements
    .filter(({ id, checks }) => checks.includes(check.id) || check.requirements?.includes(id) === true)
    .map(({ id }) => id);
}
