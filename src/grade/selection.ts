/** Determines which checks were selected. */
import type { Selection } from '../history/event.ts';
import type { Check, RunFacts } from './check.ts';

/** Returns whether a check is selected. `--grep` matches check ids and ids of the scenarios that a check reads. */
export function isSelected(check: Pick<Check, 'id' | 'suite' | 'scenarios'>, selection: Selection): boolean {
  if (selection.suites !== undefined && !selection.suites.includes(check.suite)) return false;
  if (selection.grep !== undefined) {
    const pattern = new RegExp(selection.grep, 'iu');
    if (!pattern.test(check.id) && !check.scenarios.some((id) => pattern.test(id))) return false;
  }
  return selection.scenarios === undefined || check.scenarios.some((id) => selection.scenarios?.includes(id));
}

/** Returns whether every applicable MUST was selected with all its scenarios. The suite `settings` does not count. */
export function isWhole(checks: readonly Check[], facts: RunFacts): boolean {
  const { selection } = facts.begin;
  // One shard does not run everything that its checks read, unless it is the only one.
  if (selection.scenarios !== undefined && selection.shard !== '1/1') return false;
  const left = checks.filter((check) => !isSelected(check, selection));
  return left.every(
    (check) => check.level !== 'MUST' || check.suite === 'settings' || check.skip?.(facts) !== undefined,
  );
}
