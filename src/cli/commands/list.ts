import { GATE_POINTS } from '../../../mock-server/mock.ts';
import { allRequirements, requirementSets } from '../../../suites/requirements/sets.ts';
import type { Check } from '../../grade/check.ts';
import { answeredBy, isInSet } from '../../grade/rules.ts';
import { isSelected } from '../../grade/selection.ts';
import { DEFAULT_RULES } from '../../history/rules.ts';
import { SUITE_NAMES } from '../../config/suites.ts';
import { loadCatalogue, type SuiteCatalogue } from '../../run/catalogue.ts';
import type { Action } from '../command.ts';
import { usage } from '../usage.ts';

/** Lists checks and scenarios, filtered by `--suite` and `--grep`; with `--rules` the requirement sets.
 * @throws HarnessError `usage` when nothing matches. */
export const action: Action = async ({ flags, terminal }) => {
  const catalogue = await loadCatalogue();
  const print = <T>(listing: T, text: (listing: T) => string): 0 => {
    terminal.print(flags.json === true ? JSON.stringify(listing, undefined, 2) : text(listing));
    return 0;
  };
  if (flags['list-rules'] === true) return print(setsOf(catalogue.checks), textOfSets);
  const selection = {
    ...(flags.suite === undefined ? {} : { suites: flags.suite }),
    ...(flags.grep === undefined ? {} : { grep: flags.grep }),
  };
  const checks = catalogue.checks.filter((check) => isSelected(check, selection));
  if (checks.length === 0) throw usage('No check or scenario matches.', 'See all: sf-conformance list');
  return print(listingOf(checks, catalogue, flags.json === true ? await loadFaults() : []), textOf);
};

/** Loads the mock, which is needed to print its faults only. */
async function loadFaults() {
  const { FAULTS } = await import('../../../mock-server/management/management.ts');
  return [...FAULTS.values()].map(({ id, title, on }) => ({ id, title, on }));
}

type Listing = ReturnType<typeof listingOf>;

/** Builds the JSON listing. Entries have the fields of the report; checks and requirements name the sets that include them. */
function listingOf(
  checks: readonly Check[],
  catalogue: SuiteCatalogue,
  faults: Awaited<ReturnType<typeof loadFaults>>,
) {
  const needed = new Set(checks.flatMap((check) => check.scenarios));
  const listed = checks.map((check) => ({
    id: check.id,
    suite: check.suite,
    level: check.level,
    title: check.title,
    references: check.references,
    requirements: answeredBy(check, allRequirements),
    rules: requirementSets.filter(({ id }) => isInSet(check, id)).map(({ id }) => id),
    scenarios: check.scenarios.map((id) => ({ id })),
  }));
  return {
    suites: SUITE_NAMES.map((id) => ({
      id,
      checks: listed.filter(({ suite }) => suite === id).map((check) => check.id),
    })).filter((suite) => suite.checks.length > 0),
    checks: listed,
    requirements: allRequirements
      .map(({ id, title, rule, source, due }) => ({
        ...{ id, title, rule, source, due },
        rules: requirementSets.filter((set) => set.requirements.some((one) => one.id === id)).map((set) => set.id),
        checks: listed.filter((check) => check.requirements.includes(id)).map((check) => check.id),
      }))
      .filter((one) => one.checks.length > 0 || checks.length === catalogue.checks.length),
    scenarios: catalogue.scenarios.filter(({ id }) => needed.has(id)).map(({ id, title }) => ({ id, title })),
    faults,
    gatePoints: GATE_POINTS,
  };
}

function textOf({ suites, checks, requirements, scenarios }: Listing): string {
  const wide = Math.max(...checks.map(({ id }) => id.length));
  const ofSuite = suites.flatMap(({ id }) => [
    '',
    id,
    ...checks
      .filter(({ suite }) => suite === id)
      .map((check) => `  ${check.id.padEnd(wide)}  ${check.level.padEnd(6)}  ${check.title}${onlyIn(check.rules)}`),
  ]);
  const wider = Math.max(...scenarios.map(({ id }) => id.length));
  return [
    `Checks: ${checks.length}`,
    ...ofSuite,
    '',
    'Requirements',
    ...requirements.map(
      ({ id, title, rules, checks: by }) =>
        `  ${id}  ${title}${by.length === 0 ? '' : ` (${by.join(', ')})`}${onlyIn(rules)}`,
    ),
    '',
    'Scenarios',
    ...scenarios.map(({ id, title }) => `  ${id.padEnd(wider)}  ${title}`),
  ].join('\n');
}

/** Names the sets of an entry; empty when every set has it. */
const onlyIn = (rules: readonly string[]): string =>
  rules.length === requirementSets.length ? '' : ` [only ${rules.join(', ')}]`;

function setsOf(checks: readonly Check[]) {
  return {
    rules: requirementSets.map(({ id, title, source, requirements }) => ({
      ...{ id, title, source, default: id === DEFAULT_RULES },
      requirements: requirements.map((one) => one.id),
      checks: checks.filter((check) => isInSet(check, id)).map((check) => check.id),
    })),
  };
}

function textOfSets({ rules }: ReturnType<typeof setsOf>): string {
  return rules
    .flatMap((set) => [
      `${set.id}${set.default ? ' (default)' : ''}`,
      `  ${set.title}`,
      `  Source: ${set.source}`,
      `  ${String(set.requirements.length)} requirements, ${String(set.checks.length)} checks`,
    ])
    .join('\n');
}
