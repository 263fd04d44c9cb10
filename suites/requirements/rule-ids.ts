/** Names of the requirement sets; apart from the sets, so that the command's help does not read and validate them. */
import { readdirSync } from 'node:fs';

/** Ids of all sets, oldest first, after which their files are named: what `rules` and `--rules` accept. */
export const ruleIds: readonly string[] = readdirSync(new URL('./', import.meta.url))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
  .sort();
