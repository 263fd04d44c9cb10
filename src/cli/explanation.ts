/** Explains a check, a scenario or a requirement as Markdown for a terminal or a ticket. Pure. */
import type { Check } from '../grade/check.ts';
import type { Scenario } from '../run/scenario.ts';
import type { Requirement } from '../../suites/requirements/set.ts';

type Section = readonly [name: string, text: string | undefined];

/** Returns what the check demands, why, and how to fix a client that fails it.
 * @param answers ids of the requirements that it answers */
export function explainCheck(check: Check, answers: readonly string[]): string {
  return page(`${check.id} (${check.level}): ${check.title}`, [
    ['When it fails', sentence(check.failure)],
    ['Why it matters', check.why],
    ['How to fix it', check.remedy],
    ['When it stays inconclusive', check.untested],
    ['References', check.references.join('; ')],
    ['Requirements', answers.join(', ')],
    ['Scenarios', check.scenarios.join(', ')],
    ['Run only this check', `sf-conformance run --grep '^${check.id}$'`],
  ]);
}

/** Returns what the scenario does and which checks read it. */
export function explainScenario(scenario: Scenario, checks: readonly Check[]): string {
  const readers = checks.filter((check) => check.scenarios.includes(scenario.id));
  return page(`${scenario.id}: ${scenario.title}`, [
    ['Checks that read it', lines(readers)],
    ['Play only this scenario', `sf-conformance run --grep '^${scenario.id}$'`],
  ]);
}

/** Returns the sentence of the partner rule and the checks that answer it. */
export function explainRequirement(requirement: Requirement, checks: readonly Check[]): string {
  const { id, title, rule, source, due, note } = requirement;
  const answering = checks.filter((check) => requirement.checks.includes(check.id) || check.requirements?.includes(id));
  return page(`${id}: ${title}`, [
    ['The rule', rule],
    ['Source', `${source}; due ${due}`],
    ['Checks that answer it', lines(answering)],
    ['What no check can show', note],
  ]);
}

function page(heading: string, sections: readonly Section[]): string {
  const shown = sections.filter(([, text]) => text !== undefined && text !== '');
  return `# ${heading}\n\n${shown.map(([name, text = '']) => `## ${name}\n\n${text}`).join('\n\n')}\n`;
}

const lines = (checks: readonly Check[]): string =>
  checks.map(({ id, level, title }) => `- ${id} (${level}): ${title}`).join('\n');

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);
