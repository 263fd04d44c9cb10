/** One check over all the scenarios that it declares. */
import type { EventOf } from '../history/event.ts';
import type { ScenarioHistory } from '../history/query.ts';
import { cutOff } from './interrupted.ts';
import type { Ability, Check, Finding, RunFacts, Verdict } from './check.ts';
import type { ReportScenarioVerdict, SkipReason } from './report.ts';
import { atLevel, worst } from './verdict.ts';

/** What one check comes to, before root causes are looked at. */
export interface Judgement {
  readonly check: Check;
  readonly verdict: Verdict;
  /** Of a `skip`; default: it does not apply. */
  readonly reason?: SkipReason | undefined;
  readonly finding: Finding | undefined;
  readonly message: string;
  readonly scenarios: readonly ReportScenarioVerdict[];
}

interface Judged {
  readonly id: string;
  readonly verdict: Verdict;
  readonly finding: Finding;
}

/** Judges `check`. Never throws: a check that does is an `error` with its text. */
export function judgeCheck(check: Check, scenarios: ReadonlyMap<string, ScenarioHistory>, facts: RunFacts): Judgement {
  const skip = check.skip?.(facts);
  if (skip !== undefined) return bare(check, 'skip', skip);
  const judged: Judged[] = [];
  for (const id of check.scenarios) {
    const scenario = scenarios.get(id);
    if (scenario === undefined) continue;
    try {
      const finding = check.judge(scenario, facts);
      // Before the harness broke, the client may have been wrong; that it was right all the time nobody knows.
      if (scenario.outcome === 'error' && finding?.verdict !== 'fail') {
        judged.push(harnessFault(scenario));
        continue;
      }
      if (finding === undefined) continue;
      if (restsOnCutOff(finding, scenario)) {
        judged.push({
          id,
          finding: { ...finding, verdict: 'inconclusive', message: CUT_OFF },
          verdict: 'inconclusive',
        });
        continue;
      }
      judged.push({ id, finding, verdict: atLevel(finding.verdict, check.level, facts.begin.failOn) });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      judged.push({
        id,
        verdict: 'error',
        finding: { verdict: 'inconclusive', message: `The check itself failed: ${text}`, evidence: [] },
      });
    }
  }
  const verdict = worst(judged.map((one) => one.verdict)) ?? leftOpen(judged);
  if (verdict === undefined) return untested(check, scenarios, facts);
  const decisive = judged.find((one) => one.verdict === verdict);
  return {
    check,
    verdict,
    finding: decisive?.finding,
    message: decisive?.finding.message ?? check.untested,
    scenarios: judged.map(({ id, verdict: own, finding }) => ({
      id,
      verdict: own,
      evidence: finding.evidence,
      message: finding.message,
    })),
  };
}

/** Of a check that an interrupted run did not exercise (contract, section 5). */
const INTERRUPTED = 'The run was interrupted.';
const CUT_OFF = 'The harness ended the client before it had answered, which says nothing of the client.';

/** What decided it is an action that the harness itself cut off. */
function restsOnCutOff({ verdict, evidence: [decisive] }: Finding, { events }: ScenarioHistory): boolean {
  if (verdict !== 'fail' && verdict !== 'warn') return false;
  return cutOff(events).some(({ seq, result }) => seq === decisive && result === 'interrupted');
}

/** The scenario broke on the harness's side, so nothing can be said of the client. */
function harnessFault(scenario: ScenarioHistory): Judged {
  const ends = scenario.of('scenario-end').slice(-1);
  const reason = ends[0]?.detail ?? 'no reason is known';
  return {
    id: scenario.id,
    verdict: 'error',
    finding: {
      verdict: 'inconclusive',
      message: `The harness failed in the scenario ${scenario.id}: ${reason}`,
      evidence: ends.map(({ seq }) => seq),
    },
  };
}

/** What is neither good nor bad: open, or said not to apply. Undefined when nothing was said. */
function leftOpen(judged: readonly Judged[]): Verdict | undefined {
  if (judged.length === 0) return undefined;
  return judged.some(({ verdict }) => verdict === 'inconclusive') ? 'inconclusive' : 'skip';
}

function bare(check: Check, verdict: Verdict, message: string): Judgement {
  return { check, verdict, finding: undefined, message, scenarios: [] };
}

/** Nothing put it to the test. An `unsupported` answer is a declaration and makes it `skip`. */
function untested(check: Check, scenarios: ReadonlyMap<string, ScenarioHistory>, facts: RunFacts): Judgement {
  for (const need of check.needs ?? []) {
    for (const id of check.scenarios) {
      const answer = scenarios
        .get(id)
        ?.of('verb-end')
        .find((end) => end.name === need && end.result === 'unsupported' && end.skipped !== true);
      if (answer !== undefined && facts.begin.abilities[need] !== false) {
        return bare(check, 'skip', `The client answered that it has no \`${need}\` (event ${String(answer.seq)}).`);
      }
    }
    if (facts.begin.abilities[need] === false) {
      return bare(
        check,
        'inconclusive',
        `The driver cannot \`${need}\` this client as it is configured. ${check.untested}${wayOut(need, facts)}`,
      );
    }
  }
  if (facts.interrupted === true && check.scenarios.some((id) => isUnfinished(scenarios.get(id)))) {
    return bare(check, 'inconclusive', INTERRUPTED);
  }
  const stopped = check.scenarios
    .map((id) => scenarios.get(id))
    .filter((scenario): scenario is ScenarioHistory => scenario !== undefined)
    .map((scenario) => scenario.of('scenario-end').at(-1))
    .find((end): end is EventOf<'scenario-end'> => end !== undefined && end.outcome !== 'completed');
  const why = stopped?.detail === undefined ? '' : ` The scenario ${stopped.scenario} ended early: ${stopped.detail}`;
  return bare(check, 'inconclusive', `Not put to the test. ${check.untested}${why}`);
}

/** It was interrupted, or never begun. */
const isUnfinished = (scenario: ScenarioHistory | undefined): boolean =>
  scenario === undefined || scenario.outcome === 'interrupted';

const VERBS: readonly Ability[] = ['refresh', 'status', 'disconnect'];

/** Whoever has no such command can say so (contract, section 4). */
function wayOut(need: Ability, { run }: RunFacts): string {
  return run.driver === 'command' && VERBS.includes(need)
    ? ` If there is no such thing, say so: a \`driver.${need}\` that exits with 89 makes this check skip.`
    : '';
}
