/** Which verdicts say nothing of their own because another check failed. */
import type { Verdict } from './check.ts';
import type { Judgement } from './judge.ts';

/** A judgement, and the check that failed in its stead. */
export interface Caused extends Judgement {
  readonly blockedBy?: string;
}

/** One cause, one failure: what only repeats another check's failure, or could not happen because of it, is left open. A SHOULD that is
 * not met (and only warns for it) explains what other SHOULDs found wrong; never a MUST, nor why something was not put to the test. */
export function withRootCauses(judgements: readonly Judgement[]): readonly Caused[] {
  const failed = new Set(judgements.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check.id));
  const unmet = new Set(
    judgements
      .filter(
        ({ check, verdict, finding }) => check.level === 'SHOULD' && verdict === 'warn' && finding?.verdict === 'fail',
      )
      .map(({ check }) => check.id),
  );
  return judgements.map((judgement) => {
    const own = judgement.finding?.blockedBy;
    if (own !== undefined && judgement.verdict === 'inconclusive') return { ...judgement, blockedBy: own };
    const explicable = judgement.check.level !== 'MUST' && judgement.verdict !== 'inconclusive';
    const cause = judgement.check.blockers?.find((id) => failed.has(id) || (explicable && unmet.has(id)));
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
