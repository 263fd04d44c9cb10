/** Which checks were asked for. */
import type { Selection } from '../history/event.ts';
import type { Check } from './check.ts';

/** `--grep` looks at check ids and at the ids of the scenarios that a check reads. */
export function isSelected(check: Pick<Check, 'id' | 'suite' | 'scenarios'>, selection: Selection): boolean {
  if (selection.suites !== undefined && !selection.suites.includes(check.suite)) return false;
  if (selection.grep !== undefined) {
    const pattern = new RegExp(selection.grep, 'iu');
    if (!pattern.test(check.id) && !check.scenarios.some((id) => pattern.test(id))) return false;
  }
  return selection.scenarios === undefined || check.scenarios.some((id) => selection.scenarios?.includes(id));
}
