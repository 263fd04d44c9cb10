/** The requirement sets there are: every `*.json` file beside this one. Nothing is registered anywhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { requirementSetSchema, type Requirement, type RequirementSet } from './set.ts';

const FOLDER = new URL('./', import.meta.url);

/** Lists all sets, oldest first. Read and validated once, when this module is loaded. */
export const requirementSets: readonly RequirementSet[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => requirementSetSchema.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))));

/** Ids of all sets, oldest first: what `rules` and `--rules` accept. */
export const ruleIds: readonly string[] = requirementSets.map(({ id }) => id);

/** Returns the set with this id; undefined when there is none. */
export function findRequirementSet(id: string): RequirementSet | undefined {
  return requirementSets.find((set) => set.id === id);
}

/** Lists every requirement of any set, once, worded as in the newest set that has it. */
export const allRequirements: readonly Requirement[] = [
  ...new Map(requirementSets.flatMap(({ requirements }) => requirements.map((one) => [one.id, one]))).values(),
];
