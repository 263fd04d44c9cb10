/** Grades recorded histories, keeps what must not change (verdicts, blockedBy, evidence; no texts) and lists differences. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Catalogue, Graded } from '../../src/grade/grade.ts';
import type { ReportCheck } from '../../src/grade/report.ts';
import { DEFAULT_RULES } from '../../src/history/rules.ts';
import type { Event } from '../../src/history/event.ts';

/** What one check says of a recording, without its texts. */
export interface CheckGrading {
  readonly verdict: string;
  readonly blockedBy: string | null;
  /** Scenario id → verdict and cited event numbers. */
  readonly scenarios: Readonly<Record<string, { readonly verdict: string; readonly evidence: readonly number[] }>>;
}

/** What a report says of a recording, without its texts. */
export interface ClientGrading {
  readonly verdict: string;
  readonly checks: Readonly<Record<string, CheckGrading>>;
}

/** One thing that two gradings of the same recording do not agree on. */
export interface Difference {
  readonly client: string;
  readonly check: string;
  readonly before: string;
  readonly after: string;
}

type Grade = (events: readonly Event[], catalogue: Catalogue) => Graded;

/**
 * Returns a function that grades one client's events with the checks of a checkout of this project.
 *
 * @param code the checkout's folder: this one, or one of an earlier version
 */
export async function openGrader(code: string): Promise<(events: readonly Event[]) => ClientGrading> {
  const load = async (file: string): Promise<unknown> => import(pathToFileURL(resolve(code, file)).href);
  const { grade } = (await load('src/grade/grade.ts')) as { readonly grade: Grade };
  const { loadCatalogue, loadRuleCatalogue } = (await load('src/run/catalogue.ts')) as {
    readonly loadCatalogue: () => Promise<Pick<Catalogue, 'checks'>>;
    /** Absent in versions without requirement sets. */
    readonly loadRuleCatalogue?: (rules: string) => Promise<Catalogue>;
  };
  const catalogue = (await loadRuleCatalogue?.(DEFAULT_RULES)) ?? {
    ...(await loadCatalogue()),
    ...((await load('suites/requirements.ts')) as Pick<Catalogue, 'requirements'>),
  };
  return (events) => {
    const graded = grade(events, catalogue);
    return {
      verdict: graded.verdict,
      checks: Object.fromEntries(graded.checks.map((check) => [check.id, withoutTexts(check)])),
    };
  };
}

function withoutTexts({ verdict, blockedBy, scenarios }: ReportCheck): CheckGrading {
  return {
    verdict,
    blockedBy: blockedBy ?? null,
    scenarios: Object.fromEntries(scenarios.map(({ id, verdict, evidence }) => [id, { verdict, evidence }])),
  };
}

/** Lists what two gradings of one recording do not agree on, check by check. */
export function compareGradings(client: string, before: ClientGrading, after: ClientGrading): readonly Difference[] {
  const differences: Difference[] = [];
  const add = (check: string, was: string, is: string): void => {
    if (was !== is) differences.push({ client, check, before: was, after: is });
  };
  add('(run)', before.verdict, after.verdict);
  for (const id of new Set([...Object.keys(before.checks), ...Object.keys(after.checks)])) {
    const [was, is] = [before.checks[id], after.checks[id]];
    add(id, whole(was), whole(is));
    const scenarios = new Set([...Object.keys(was?.scenarios ?? {}), ...Object.keys(is?.scenarios ?? {})]);
    for (const scenario of scenarios) {
      add(`${id} in ${scenario}`, inScenario(was, scenario), inScenario(is, scenario));
    }
  }
  return differences;
}

function whole(check: CheckGrading | undefined): string {
  if (check === undefined) return '(absent)';
  return check.blockedBy === null ? check.verdict : `${check.verdict}, blocked by ${check.blockedBy}`;
}

function inScenario(check: CheckGrading | undefined, scenario: string): string {
  const part = check?.scenarios[scenario];
  return part === undefined ? '(absent)' : `${part.verdict} [${part.evidence.join(' ')}]`;
}
