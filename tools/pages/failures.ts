/** The page docs/failures.md: every check as what a reader of a failed report looks for. Pure. */
import type { Check } from '../../src/grade/check.ts';
import type { RequirementSet } from '../../suites/requirements/set.ts';
import { answeredBy, isInSet } from '../../src/grade/rules.ts';
import { escaped } from './markdown.ts';

/** Markdown. `npm run docs` writes it; a test fails when the page is stale. */
export function failuresPage(checks: readonly Check[], sets: readonly RequirementSet[]): string {
  const suites = [...new Set(checks.map(({ suite }) => suite))];
  return [
    '# What can fail, and how to fix it',
    '',
    'One section for each check, by its id. A report links what it found to the same words. Made from the checks themselves',
    'by `npm run docs`; `sf-conformance list` prints the short form.',
    '',
    'A **MUST** that is violated fails the run, a **SHOULD** is a warning (a failure under `--fail-on should`), **INFO** is only',
    'reported. What was never exercised is _inconclusive_ and never counted as met.',
    '',
    ...suites.map((suite) => `- [${suite}](#${suite}): ${counted(checks.filter((one) => one.suite === suite).length)}`),
    ...suites.flatMap((suite) => [
      '',
      `## ${suite}`,
      ...checks.filter((check) => check.suite === suite).flatMap((check) => section(check, sets)),
    ]),
    '',
  ].join('\n');
}

function section(check: Check, sets: readonly RequirementSet[]): readonly string[] {
  const having = sets.filter(({ id }) => isInSet(check, id));
  const answers = [...new Set(having.flatMap(({ requirements }) => answeredBy(check, requirements)))];
  return [
    '',
    `### ${check.id}`,
    '',
    `**${check.level}** ${escaped(check.title)}`,
    '',
    `- **When it fails:** ${inline(check.failure)}`,
    `- **Why it matters:** ${inline(check.why)}`,
    `- **How to fix it:** ${inline(check.remedy)}`,
    `- **When it stays open:** ${inline(check.untested)}`,
    ...(check.references.length === 0 ? [] : [`- **References:** ${inline(check.references.join('; '))}`]),
    ...(answers.length === 0 ? [] : [`- **Answers:** ${answers.join(', ')}`]),
    ...(having.length === sets.length ? [] : [`- **Only in:** ${having.map(({ id }) => `\`${id}\``).join(', ')}`]),
    `- **Scenarios:** ${check.scenarios.map((id) => `\`${id}\``).join(', ')}`,
  ];
}

/** Line breaks would leave the list. */
function inline(text: string): string {
  return escaped(text.replaceAll(/\s*\n\s*/gu, ' '));
}

function counted(checks: number): string {
  return checks === 1 ? '1 check' : `${checks} checks`;
}
