/** Finds checks and scenarios by their file names; there is no list to maintain. */
import { findRequirementSet } from '../../suites/requirements/sets.ts';
import { ruleIds } from '../../suites/requirements/rule-ids.ts';
import type { Check } from '../grade/check.ts';
import type { Catalogue } from '../grade/grade.ts';
import { isInSet } from '../grade/rules.ts';
import { SUITE_NAMES } from '../config/suites.ts';
import { HarnessError } from '../errors.ts';
import { modulesIn, type FoundModule } from '../modules-in.ts';
import type { Scenario } from './scenario.ts';

/** All checks and scenarios of this version; loaded by `loadCatalogue`. */
export interface SuiteCatalogue {
  /** Ordered by suite as in docs/contract.md, then by id. */
  readonly checks: readonly Check[];
  readonly scenarios: readonly Scenario[];
}

let loaded: Promise<SuiteCatalogue> | undefined;

/** Loads `suites/<suite>/*.check.ts` and `*.scenario.ts` (compiled: `.js`), once per process.
 * @throws HarnessError `catalogue-broken` when a file does not export what its name says, or an id occurs twice. */
export function loadCatalogue(): Promise<SuiteCatalogue> {
  return (loaded ??= load());
}

/** Returns the checks and requirements of one requirement set, and all scenarios.
 * @throws HarnessError `unknown-rules` when there is no such set; `catalogue-broken`. */
export async function loadRuleCatalogue(rules: string): Promise<SuiteCatalogue & Catalogue> {
  const set = findRequirementSet(rules);
  if (set === undefined) {
    const hint = `This version has ${ruleIds.join(', ')}. Use the version that recorded the history, or a newer one.`;
    throw new HarnessError('unknown-rules', `There is no requirement set "${rules.slice(0, 60)}".`, hint);
  }
  const { checks, scenarios } = await loadCatalogue();
  return { checks: checks.filter((check) => isInSet(check, rules)), scenarios, requirements: set.requirements };
}

/** Returns the ids of all scenarios for `run-begin`. The scenario `settings` has no file: its metadata is read, no client is run. */
export async function knownScenarios(): Promise<readonly string[]> {
  const { scenarios } = await loadCatalogue();
  return [...scenarios.map(({ id }) => id), 'settings'].sort();
}

async function load(): Promise<SuiteCatalogue> {
  const checks = defaultsOf(await modulesIn(import.meta.dirname, '../../suites/*/*.check.ts')) as readonly Check[];
  const scenarios = defaultsOf(
    await modulesIn(import.meta.dirname, '../../suites/*/*.scenario.ts'),
  ) as readonly Scenario[];
  unique(checks.map(({ id }) => id));
  unique(scenarios.map(({ id }) => id));
  const order = (suite: string): number => (SUITE_NAMES as readonly string[]).indexOf(suite);
  return {
    checks: checks.toSorted(
      (a, b) => order(a.suite) - order(b.suite) || a.id.localeCompare(b.id, 'en', { numeric: true }),
    ),
    scenarios: scenarios.toSorted((a, b) => (a.rank ?? 50) - (b.rank ?? 50) || a.id.localeCompare(b.id, 'en')),
  };
}

/** Returns what modules export as default: one check or scenario, or a list of them. */
function defaultsOf(found: readonly FoundModule[]): readonly unknown[] {
  return found.flatMap(({ name, module }) => {
    const { default: value } = module as { readonly default?: unknown };
    if (value !== undefined) return value;
    const hint = 'Export the check or scenario as default.';
    throw new HarnessError('catalogue-broken', `${name} has no default export.`, hint, { exit: 70 });
  });
}

function unique(ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new HarnessError(
      'catalogue-broken',
      `The id ${twice} is used twice.`,
      'Give each check and scenario its own id.',
      {
        exit: 70,
      },
    );
  }
}
