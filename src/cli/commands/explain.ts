import { brief } from '../../../reports/evidence/brief.ts';
import { createTrail } from '../../../reports/evidence/trail.ts';
import { allRequirements } from '../../../suites/requirements/sets.ts';
import { answeredBy } from '../../grade/rules.ts';
import { loadCatalogue } from '../../run/catalogue.ts';
import { openHistory } from '../../run/regrade.ts';
import type { Action, Invocation } from '../command.ts';
import { explainCheck, explainRequirement, explainScenario } from '../explanation.ts';
import { readReport } from '../read-report.ts';
import { runFolder } from '../run-folder.ts';
import { unknownWord, usage } from '../usage.ts';

/** Prints Markdown about a check, scenario or requirement; with a run, also what that run found for a check, with its evidence.
 * @throws HarnessError `usage` for an unknown id, `not-a-run` (exit 2) */
export const action: Action = async (invocation) => {
  const { operands, flags, terminal } = invocation;
  const [typed = '', dir] = operands;
  const text = dir === undefined ? await general(typed) : await found(typed, dir, invocation);
  terminal.print(
    flags.json === true ? JSON.stringify({ id: typed.toUpperCase(), markdown: text }, undefined, 2) : text,
  );
  return 0;
};

async function general(typed: string): Promise<string> {
  const { checks, scenarios } = await loadCatalogue();
  const is = ({ id }: { readonly id: string }): boolean => id.toLowerCase() === typed.toLowerCase();
  const check = checks.find(is);
  if (check !== undefined) return explainCheck(check, answeredBy(check, allRequirements));
  const scenario = scenarios.find(is);
  if (scenario !== undefined) return explainScenario(scenario, checks);
  const requirement = allRequirements.find(is);
  if (requirement !== undefined) return explainRequirement(requirement, checks);
  const known = [...checks, ...scenarios, ...allRequirements].map(({ id }) => id);
  throw unknownWord('check, scenario or requirement', typed, known);
}

async function found(typed: string, typedDir: string, { cwd, signal }: Invocation): Promise<string> {
  const dir = await runFolder(cwd, typedDir);
  const report = await readReport(dir);
  const check = report.checks.find(({ id }) => id.toLowerCase() === typed.toLowerCase());
  if (check === undefined) {
    await general(typed);
    throw usage(
      `The run in ${dir} has no check "${typed}".`,
      'Without the folder, explain also knows scenarios and requirements.',
    );
  }
  const { events } = await openHistory(dir, signal);
  return brief(check, report, createTrail(events));
}
