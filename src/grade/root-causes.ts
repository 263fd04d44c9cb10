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
  const blockersOf = new Map(judgements.map(({ check }) => [check.id, check.blockers ?? []]));
  /** What failed first: a check that fails because of another explains nothing itself. */
  const rootOf = (id: string, passed: readonly string[] = []): string => {
    const before = blockersOf.get(id)?.find((blocker) => failed.has(blocker) && !passed.includes(blocker));
    return before === undefined || !failed.has(id) ? id : rootOf(before, [...passed, id]);
  };
  return judgements.map((judgement) => {
    const own = judgement.finding?.blockedBy;
    if (own !== undefined && judgement.verdict === 'inconclusive') return { ...judgement, blockedBy: own };
    const explicable = judgement.check.level !== 'MUST' && judgement.verdict !== 'inconclusive';
    const next = judgement.check.blockers?.find((id) => failed.has(id) || (explicable && unmet.has(id)));
    const cause = next === undefined ? undefined : rootOf(next, [judgement.check.id]);
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
