/** Judges one check in all the scenarios that it declares. */
import type { ScenarioHistory } from '../history/query.ts';
import { cutOff } from './interrupted.ts';
import { unjudged, type Judgement } from './judgement.ts';
import { notExercised } from './not-exercised.ts';
import type { Check, Finding, RunFacts, Verdict } from './check.ts';
import { withStandardError } from './standard-error.ts';
import { atLevel, worst } from './verdict.ts';

interface Judged {
  readonly id: string;
  readonly verdict: Verdict;
  readonly finding: Finding;
}

/** Judges `check`. Never throws: a check that throws becomes an `error` with its text. */
export function judgeCheck(check: Check, scenarios: ReadonlyMap<string, ScenarioHistory>, facts: RunFacts): Judgement {
  const skip = check.skip?.(facts);
  if (skip !== undefined) return unjudged(check, 'skip', skip);
  const judged: Judged[] = [];
  for (const id of check.scenarios) {
    const scenario = scenarios.get(id);
    if (scenario === undefined) continue;
    try {
      const finding = check.judge(scenario, facts);
      // A failure before the harness broke counts; a correct behavior might have failed later.
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
      if (restsOnShortLimit(finding, check, scenario, facts)) {
        const open = { ...finding, verdict: 'inconclusive', message: SHORT_LIMIT, broken: ['calls-answered'] } as const;
        judged.push({ id, finding: open, verdict: 'inconclusive' });
        continue;
      }
      if (restsOnUnseen(finding, scenario)) {
        judged.push({ id, finding: { ...finding, verdict: 'inconclusive', message: UNSEEN }, verdict: 'inconclusive' });
        continue;
      }
      judged.push({
        ...{ id, finding: withStandardError(finding, scenario) },
        verdict: atLevel(finding.verdict, check.level, facts.begin.failOn),
      });
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
  if (verdict === undefined) return notExercised(check, scenarios, facts);
  const decisive = judged.find((one) => one.verdict === verdict);
  const others = judged.filter((one) => one.verdict !== verdict);
  return {
    check,
    verdict,
    finding: decisive?.finding,
    message: decisive?.finding.message ?? check.untested,
    scenarios: [...judged.filter((one) => one.verdict === verdict), ...others].map(({ id, verdict: own, finding }) => ({
      id,
      verdict: own,
      evidence: finding.evidence,
      message: finding.message,
    })),
  };
}

const CUT_OFF = 'The harness ended the client before it had answered, which says nothing of the client.';

const UNSEEN =
  'A refresh token was sent that may have been issued before the recording began: whether it was the newest is not known.';

/** Returns whether the decisive evidence is a refresh token that a real org may have issued before the recording began. */
function restsOnUnseen({ verdict, evidence: [decisive] }: Finding, { tokenRequests }: ScenarioHistory): boolean {
  if (verdict !== 'fail' && verdict !== 'warn') return false;
  return tokenRequests.some(({ seq, facts }) => seq === decisive && facts.refreshToken?.unseen === true);
}

/** Returns whether the decisive evidence is an action that the harness itself cut off. */
function restsOnCutOff({ verdict, evidence: [decisive] }: Finding, { events }: ScenarioHistory): boolean {
  if (verdict !== 'fail' && verdict !== 'warn') return false;
  return cutOff(events).some(({ seq, result }) => seq === decisive && result === 'interrupted');
}

const SHORT_LIMIT =
  'The client did not answer in time, but the harness waited for less than `run.timeoutMs`, because the client had hung before.';

/** Returns whether the decisive evidence is an action with a shorter limit than others, because the client had left one unanswered: it may
 * have had a reason to be slow. Only the check that shows whether calls are answered at all uses such evidence. */
function restsOnShortLimit(
  { verdict, evidence: [decisive] }: Finding,
  { shows }: Check,
  scenario: ScenarioHistory,
  { run }: RunFacts,
): boolean {
  if ((verdict !== 'fail' && verdict !== 'warn') || shows?.includes('calls-answered') === true) return false;
  return scenario.of('verb-end').some(({ seq, limitMs = Infinity }) => seq === decisive && limitMs < run.timeoutMs);
}

/** Returns the result for a scenario that failed on the harness's side, which shows nothing about the client. */
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

/** Returns the verdict of a check without good or bad findings: open, or not applicable. Undefined without findings. */
function leftOpen(judged: readonly Judged[]): Verdict | undefined {
  if (judged.length === 0) return undefined;
  return judged.some(({ verdict }) => verdict === 'inconclusive') ? 'inconclusive' : 'skip';
}
