/** Judges whether a client keeps a refresh token that was refused with `invalid_grant` for a temporary reason. */
import type { Finding } from '../../src/grade/check.ts';
import { fail, inconclusive, pass } from '../../src/grade/finding.ts';
import type { Observation } from '../../src/grade/observation.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { sentToken } from '../rtr/refreshes.ts';
import { asked } from './aftermath.ts';
import { answerOf, cost, encounter, kept, silent } from './answered.ts';

/** A client that sends no more refreshes after a failure may still have its token. */
const RESTS: readonly Observation[] = ['refreshes-after-failure'];
/** Refreshes that one refused call may send. */
const MOST = 3;

/** Judges the call that was refused in `phase` and the call after it. A client may ask for a login as long as its next call tries the
 * token again. Undefined when no refresh was refused in `phase`, or nothing shows whether the token was kept. */
export function tokenKept(scenario: ScenarioHistory, phase: string): Finding | undefined {
  const met = encounter(scenario, phase);
  if (met === undefined) return undefined;
  const { refused, ended, result, nextCall } = met;
  const wrong = silent(met);
  if (wrong !== undefined) {
    return fail(wrong, [ended, refused.seq], result === 'timed-out' ? { broken: ['calls-answered'] } : {});
  }
  const part = scenario.phase(phase);
  const sent = part.refreshes.filter(({ begunAt, response }) => response?.fault === phase && asked(part, begunAt));
  const reason = `${answerOf(met)} "${refused.response?.errorDescription ?? ''}"`;
  if (sent.length > MOST) {
    return fail(
      `One call sent ${String(sent.length)} refreshes that were answered ${reason}; at most ${String(MOST)} were expected.`,
      sent.map(({ seq }) => seq),
    );
  }
  const lost = kept(met) ? undefined : cost(scenario, met);
  if (lost !== undefined) {
    const message = `A refresh was answered ${reason}, which passes, and ${lost.how}.`;
    return lost.broken === undefined
      ? fail(message, lost.evidence, met.next === undefined && met.askedAgain.length === 0 ? { broken: RESTS } : {})
      : inconclusive(message, lost.evidence, { broken: lost.broken });
  }
  if (met.next === undefined || !kept(met)) return undefined;
  const again = `A refresh was answered ${reason}; ${sentToken(met.next)} was sent again`;
  const evidence = [met.next.seq, refused.seq];
  return nextCall !== undefined && ['failed', 'hung', 'unbacked'].includes(nextCall.outcome)
    ? fail(`${again}, and the call failed all the same.`, [nextCall.seq, ...evidence])
    : pass(`${again}, and accepted.`, evidence);
}
