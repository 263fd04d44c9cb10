/** Grades a history: (history, checks) → findings → verdicts. Pure: the same history gives the same report. */
import type { Event, EventOf } from '../history/event.ts';
import { scenarioHistory, type ScenarioHistory } from '../history/query.ts';
import { judgedAttempts } from '../history/judged-attempts.ts';
import { rulesOf } from '../history/rules.ts';
import { judgeable } from './interrupted.ts';
import type { Check, RunFacts } from './check.ts';
import { judgeCheck } from './judge.ts';
import type { Judgement } from './judgement.ts';
import { whyPartial } from './partial.ts';
import { isRefusal } from './refusal.ts';
import { reportCheck } from './report-check.ts';
import { reportRequirement, type GradedRequirement } from './report-requirement.ts';
import { reportScenario } from './report-scenario.ts';
import type { Report, ReportCheck } from './report.ts';
import { withRootCauses } from './root-causes.ts';
import { isSelected, isWhole } from './selection.ts';
import { answeredBy } from './rules.ts';
import { runVerdict } from './verdict.ts';
import { notGraded, summarise } from './summarise.ts';

/** The checks and requirements to grade by. */
export interface Catalogue {
  readonly checks: readonly Check[];
  readonly requirements: readonly GradedRequirement[];
}

/** A report without its signature. */
export type Graded = Omit<Report, 'integrity'>;

/** Grades a history. @throws TypeError when the history does not begin with `run-begin`. */
export function grade(events: readonly Event[], catalogue: Catalogue): Graded {
  const begin = events[0];
  if (begin?.kind !== 'run-begin') throw new TypeError('A history begins with a run-begin event.');
  const scenarios = splitByScenario(events);
  const end = events.findLast((event): event is EventOf<'run-end'> => event.kind === 'run-end');
  const interrupted = end?.outcome !== 'completed';
  const facts: RunFacts = {
    ...{ app: begin.app, run: begin.run, begin, observed: wasRefused(scenarios.get('strict')) },
    interrupted,
  };
  const judgements = catalogue.checks.map((check) =>
    isSelected(check, begin.selection) ? judgeCheck(check, scenarios, facts) : notSelected(check),
  );
  const checks = withRootCauses(judgements).map((one) =>
    reportCheck(one, answeredBy(one.check, catalogue.requirements)),
  );
  const whole = isWhole(catalogue.checks, facts) && !checks.some(isMissingMust);
  const verdict = runVerdict(checks, { whole, interrupted });
  const requirements = catalogue.requirements.map((one) => reportRequirement(one, checks, begin));
  const partialReason = whyPartial(begin, end);
  const graded = {
    schemaVersion: 1,
    tool: begin.tool,
    app: { name: begin.app.name, kind: begin.app.kind, client: begin.app.client },
    run: {
      ...begin.run,
      rules: rulesOf(begin),
      durationMs: Math.round(events.at(-1)?.t ?? 0),
      observed: facts.observed,
      partial: partialReason !== undefined,
      ...(partialReason === undefined ? {} : { partialReason }),
    },
    verdict,
    requirements,
    checks,
    scenarios: [...scenarios.values()].map(reportScenario),
    history: 'history.jsonl',
  } as const;
  return { ...graded, summary: summarise(graded, interrupted), notGraded: notGraded(graded) };
}

function splitByScenario(events: readonly Event[]): ReadonlyMap<string, ScenarioHistory> {
  const parts = new Map<string, Event[]>();
  for (const event of judgedAttempts(events)) {
    if (event.scenario === '') continue;
    const part = parts.get(event.scenario);
    if (part === undefined) parts.set(event.scenario, [event]);
    else part.push(event);
  }
  return new Map([...parts].map(([id, part]) => [id, scenarioHistory(id, judgeable(part))]));
}

/** Returns whether the strict mock refused the login or the refresh of the scenario `strict`. */
function wasRefused(strict: ScenarioHistory | undefined): boolean {
  return strict?.of('response').some(isRefusal) ?? false;
}

/** Returns whether a history cannot contain a MUST that was added later: the run counts as if it had not been selected. */
const isMissingMust = ({ level, reason }: ReportCheck): boolean => level === 'MUST' && reason === 'not-recorded';

function notSelected(check: Check): Judgement {
  return {
    ...{ check, verdict: 'skip', reason: 'not-selected' },
    ...{ finding: undefined, message: 'It was not selected.', scenarios: [] },
  };
}
