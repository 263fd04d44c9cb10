import { requirements } from '../../../suites/requirements.ts';
import type { Check } from '../../grade/check.ts';
import { isSelected } from '../../grade/selection.ts';
import { SUITE_NAMES } from '../../config/suites.ts';
import { loadCatalogue, type SuiteCatalogue } from '../../run/catalogue.ts';
import type { Action } from '../command.ts';
import { usage } from '../usage.ts';

/** What there is, or what `--suite` and `--grep` leave of it. @throws HarnessError `usage` when nothing is left. */
export const action: Action = async ({ flags, terminal }) => {
  const catalogue = await loadCatalogue();
  const selection = {
    ...(flags.suite === undefined ? {} : { suites: flags.suite }),
    ...(flags.grep === undefined ? {} : { grep: flags.grep }),
  };
  const checks = catalogue.checks.filter((check) => isSelected(check, selection));
  if (checks.length === 0) throw usage('No check or scenario matches.', 'See all: sf-conformance list');
  const listing = listingOf(checks, catalogue);
  terminal.print(flags.json === true ? JSON.stringify(listing, undefined, 2) : textOf(listing));
  return 0;
};

type Listing = ReturnType<typeof listingOf>;

/** Entries have the fields of the report. */
function listingOf(checks: readonly Check[], catalogue: SuiteCatalogue) {
  const needed = new Set(checks.flatMap((check) => check.scenarios));
  const answers = (check: Check): readonly string[] => [
    ...new Set([
      ...requirements.filter((one) => one.checks.includes(check.id)).map(({ id }) => id),
      ...(check.requirements ?? []),
    ]),
  ];
  const listed = checks.map((check) => ({
    id: check.id,
    suite: check.suite,
    level: check.level,
    title: check.title,
    references: check.references,
    requirements: answers(check),
    scenarios: check.scenarios.map((id) => ({ id })),
  }));
  return {
    suites: SUITE_NAMES.map((id) => ({
      id,
      checks: listed.filter(({ suite }) => suite === id).map((check) => check.id),
    })).filter((suite) => suite.checks.length > 0),
    checks: listed,
    requirements: requirements
      .map(({ id, title, rule, source, due }) => ({
        id,
        title,
        rule,
        source,
        due,
        checks: listed.filter((check) => check.requirements.includes(id)).map((check) => check.id),
      }))
      .filter((one) => one.checks.length > 0 || checks.length === catalogue.checks.length),
    scenarios: catalogue.scenarios.filter(({ id }) => needed.has(id)).map(({ id, title }) => ({ id, title })),
  };
}

function textOf({ suites, checks, requirements: rules, scenarios }: Listing): string {
  const wide = Math.max(...checks.map(({ id }) => id.length));
  const ofSuite = suites.flatMap(({ id }) => [
    '',
    id,
    ...checks
      .filter(({ suite }) => suite === id)
      .map((check) => `  ${check.id.padEnd(wide)}  ${check.level.padEnd(6)}  ${check.title}`),
  ]);
  const wider = Math.max(...scenarios.map(({ id }) => id.length));
  return [
    `Checks: ${checks.length}`,
    ...ofSuite,
    '',
    'Requirements',
    ...rules.map(({ id, title, checks: by }) => `  ${id}  ${title}${by.length === 0 ? '' : ` (${by.join(', ')})`}`),
    '',
    'Scenarios',
    ...scenarios.map(({ id, title }) => `  ${id.padEnd(wider)}  ${title}`),
  ].join('\n');
}
