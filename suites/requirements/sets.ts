/** Loads the requirement sets: every `*.json` file in this folder, without a list to maintain. */
import { readFileSync } from 'node:fs';
import { ruleIds } from './rule-ids.ts';
import { requirementSetSchema, type Requirement, type RequirementSet } from './set.ts';

/** All sets, oldest first; read and validated once, when this module is loaded. */
export const requirementSets: readonly RequirementSet[] = ruleIds.map((id) =>
  requirementSetSchema.parse(JSON.parse(readFileSync(new URL(`${id}.json`, import.meta.url), 'utf8'))),
);

/** Returns the set with this id; undefined when there is none. */
export function findRequirementSet(id: string): RequirementSet | undefined {
  return requirementSets.find((set) => set.id === id);
}

/** Every requirement of any set, once, worded as in the newest set that has it. */
export const allRequirements: readonly Requirement[] = [
  ...new Map(requirementSets.flatMap(({ requirements }) => requirements.map((one) => [one.id, one]))).values(),
];
