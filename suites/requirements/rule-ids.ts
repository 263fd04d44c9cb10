/** Names of the requirement sets. Separate from the sets, so that the command's help does not read and validate them. */
import { readdirSync } from 'node:fs';

/** Ids of all sets, oldest first, from their file names: the values of `rules` and `--rules`. */
export const ruleIds: readonly string[] = readdirSync(new URL('./', import.meta.url))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
  .sort();
