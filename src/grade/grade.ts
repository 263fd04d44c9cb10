/** (history, checks) → findings → verdicts. Pure: the same history gives the same report. */
import type { Event, EventOf } from '../history/event.ts';
import { scenarioHistory, type ScenarioHistory } from '../history/query.ts';
import { attestationOf } from './attestation.ts';
import { judgeable } from './broken-off.ts';
import type { Check, RunFacts, Verdict } from './check.ts';
import { judgeCheck, type Judgement } from './judge.ts';
import type { Report, ReportCheck, ReportRequirement, ReportScenario } from './report.ts';
import { isRefusal } from './refusal.ts';
import { playedSchedules, scheduleTotal } from './schedules.ts';
import { isSelected } from './selection.ts';
import { notGraded, summarise } from './words.ts';
import { requirementVerdict, runVerdict } from './verdict.ts';

/** A sentence of the partner rule and what answers it; `suites/requirements.ts` holds them. */
export interface GradedRequirement {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  readonly source: string;
  readonly due: string;
  readonly answeredBy: 'checks' | 'settings' | 'people';
  readonly checks: readonly string[];
  readonly note?: string;
}

export interface Catalogue {
  readonly checks: readonly Check[];
  readonly requirements: readonly GradedRequirement[];
}

/** All of a report but its signature. */
export type Graded = Omit<Report, 'integrity'>;

/** @throws TypeError when the history does not begin with `run-begin`. */
export function grade(events: readonly Event[], catalogue: Catalogue): Graded {
  const begin = events[0];
  if (begin?.kind !== 'run-begin') throw new TypeError('A history begins with a run-begin event.');
  const scenarios = splitByScenario(events);
  const facts: RunFacts = { app: begin.app, run: begin.run, begin, observed: wasRefused(scenarios.get('strict')) };
  const answers = answersOf(catalogue);
  const judgements = catalogue.checks.map((check) =>
    isSelected(check, begin.selection) ? judgeCheck(check, scenarios, facts) : notSelected(check),
  );
  const checks = withRootCauses(judgements).map((judgement) => reportCheck(judgement, answers));
  const verdict = runVerdict(checks);
  const requirements = catalogue.requirements.map((one) => reportRequirement(one, checks, begin));
  const end = events.findLast((event): event is EventOf<'run-end'> => event.kind === 'run-end');
  const partialReason = whyPartial(begin, end);
  const graded = {
    schemaVersion: 1,
    tool: begin.tool,
    app: { name: begin.app.name, kind: begin.app.kind, client: begin.app.client },
    run: {
      ...begin.run,
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
  return { ...graded, summary: summarise(graded), notGraded: notGraded(graded) };
}

function splitByScenario(events: readonly Event[]): ReadonlyMap<string, ScenarioHistory> {
  const parts = new Map<string, Event[]>();
  for (const event of events) {
    if (event.scenario === '') continue;
    const part = parts.get(event.scenario);
    if (part === undefined) parts.set(event.scenario, [event]);
    else part.push(event);
  }
  return new Map([...parts].map(([id, part]) => [id, scenarioHistory(id, judgeable(part))]));
}

/** Strict refused the login or the refresh of pre-flight. */
function wasRefused(strict: ScenarioHistory | undefined): boolean {
  return strict?.of('response').some(isRefusal) ?? false;
}

function answersOf({ requirements, checks }: Catalogue): ReadonlyMap<string, readonly string[]> {
  return new Map(
    checks.map((check) => [
      check.id,
      [
        ...new Set([
          ...requirements.filter((one) => one.checks.includes(check.id)).map((one) => one.id),
          ...(check.requirements ?? []),
        ]),
      ],
    ]),
  );
}

function notSelected(check: Check): Judgement {
  return { check, verdict: 'skip', finding: undefined, message: 'not selected', scenarios: [] };
}

/** One cause, one failure: what only repeats another check's failure, or could not happen because of it, is left open. */
function withRootCauses(judgements: readonly Judgement[]): readonly (Judgement & { readonly blockedBy?: string })[] {
  const failed = new Set(judgements.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check.id));
  return judgements.map((judgement) => {
    const own = judgement.finding?.blockedBy;
    if (own !== undefined && judgement.verdict === 'inconclusive') return { ...judgement, blockedBy: own };
    const cause = judgement.check.blockers?.find((id) => failed.has(id));
    const bad: readonly Verdict[] = ['fail', 'warn', 'inconclusive'];
    if (cause === undefined || !bad.includes(judgement.verdict)) return judgement;
    return {
      ...judgement,
      verdict: 'inconclusive',
      blockedBy: cause,
      message: `Cannot be judged while ${cause} fails: ${judgement.message}`,
    };
  });
}

function reportCheck(
  judgement: Judgement & { readonly blockedBy?: string },
  answers: ReadonlyMap<string, readonly string[]>,
): ReportCheck {
  const { check, finding, verdict } = judgement;
  const wanting = verdict === 'fail' || verdict === 'warn' || verdict === 'review';
  return {
    id: check.id,
    suite: check.suite,
    level: check.level,
    title: check.title,
    references: check.references,
    requirements: answers.get(check.id) ?? [],
    verdict,
    message: judgement.message,
    ...(finding?.diagnosis === undefined ? {} : { diagnosis: finding.diagnosis }),
    ...(wanting ? { remedy: finding?.remedy ?? check.remedy } : {}),
    why: check.why,
    ...(judgement.blockedBy === undefined ? {} : { blockedBy: judgement.blockedBy }),
    scenarios: judgement.scenarios,
  };
}

function reportRequirement(
  requirement: GradedRequirement,
  checks: readonly ReportCheck[],
  begin: EventOf<'run-begin'>,
): ReportRequirement {
  const own = checks.filter(({ requirements }) => requirements.includes(requirement.id));
  const attestation = attestationOf(begin.attestations, requirement.id, begin.run.startedAt.slice(0, 10));
  const applied = own.filter(({ verdict }) => verdict !== 'skip');
  const byChecks = requirementVerdict(own.map(({ verdict }) => verdict));
  const unanswered = requirement.answeredBy !== 'checks' && applied.length === 0;
  return {
    id: requirement.id,
    title: requirement.title,
    rule: requirement.rule,
    source: requirement.source,
    due: requirement.due,
    verdict: unanswered ? (attestation === undefined ? 'review' : 'attested') : byChecks,
    checks: own.map(({ id }) => id),
    ...(attestation === undefined ? {} : { attestation }),
    ...(requirement.note === undefined ? {} : { note: requirement.note }),
  };
}

function reportScenario(scenario: ScenarioHistory): ReportScenario {
  const begin = scenario.of('scenario-begin')[0];
  const end = scenario.of('scenario-end').at(-1);
  return {
    id: scenario.id,
    title: begin?.title ?? scenario.id,
    outcome: end?.outcome ?? 'interrupted',
    ...(end?.detail === undefined ? {} : { detail: end.detail }),
    durationMs: Math.round(end?.durationMs ?? 0),
    ...schedulesOf(scenario),
  };
}

function schedulesOf(scenario: ScenarioHistory): Pick<ReportScenario, 'schedules'> {
  const played = playedSchedules(scenario);
  if (played.length === 0) return {};
  const violating = played.filter(({ violated }) => violated).length;
  return { schedules: { explored: played.length, of: Math.max(played.length, scheduleTotal(scenario)), violating } };
}

function whyPartial(begin: EventOf<'run-begin'>, end: EventOf<'run-end'> | undefined): string | undefined {
  if (end === undefined) return 'The run was broken off before its end.';
  if (end.outcome === 'interrupted') return end.detail ?? 'The run was interrupted.';
  const { suites, grep, shard } = begin.selection;
  const parts = [
    suites === undefined ? undefined : `--suite ${suites.join(',')}`,
    grep === undefined ? undefined : `--grep ${grep}`,
    shard === undefined ? undefined : `--shard ${shard}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `Only a part was selected: ${parts.join(' ')}.`;
}
