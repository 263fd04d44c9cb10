/**
 * Which verdicts say nothing of their own because another check failed. One cause, one failure.
 *
 * A check relies on observations (see observation.ts). Where one of them is broken, its owner reports that, and this check is left open with
 * the owner as its cause. An owner that failed because of something earlier is no cause itself: the first broken observation is. An
 * observation whose owner passed is intact, whatever came before it.
 */
import type { Check, Verdict } from './check.ts';
import type { Judgement } from './judgement.ts';
import type { Observation } from './observation.ts';

/** A judgement, and the check that failed in its stead. */
export interface Caused extends Judgement {
  readonly blockedBy?: string;
}

const BAD: readonly Verdict[] = ['fail', 'warn', 'inconclusive'];
const INTACT: readonly Verdict[] = ['pass', 'review', 'skip'];

/** Leaves open what only repeats the failure of another check, or could not be seen because of it. */
export function withRootCauses(judgements: readonly Judgement[]): readonly Caused[] {
  const owners = ownersOf(judgements);
  const byId = new Map(judgements.map((one) => [one.check.id, one]));
  const places = new Map(judgements.map(({ check }, index) => [check.id, index]));
  /** Two checks that rely on each other cannot both be the consequence: the earlier one of the catalogue stays. */
  const isRoot = (cause: Judgement, blocked: Judgement): boolean =>
    causeOf(cause, owners) === undefined || (places.get(cause.check.id) ?? 0) < (places.get(blocked.check.id) ?? 0);
  return judgements.map((judgement): Caused => {
    if (!BAD.includes(judgement.verdict) || judgement.unable === true) return judgement;
    const named = judgement.verdict === 'inconclusive' ? byId.get(judgement.finding?.blockedBy ?? '') : undefined;
    if (named !== undefined && (named.verdict === 'fail' || isUnmet(named))) {
      return { ...judgement, blockedBy: named.check.id };
    }
    const cause = causeOf(judgement, owners);
    if (cause !== undefined && isRoot(cause, judgement)) {
      const { id } = cause.check;
      return {
        ...judgement,
        verdict: 'inconclusive',
        blockedBy: id,
        message: `Blocked by ${id}: ${judgement.message}`,
      };
    }
    return left(judgement, owners);
  });
}

type Owners = ReadonlyMap<Observation, Judgement>;

/** The check that shows each observation. */
function ownersOf(judgements: readonly Judgement[]): Owners {
  return new Map(
    judgements.flatMap((one) => (one.check.shows ?? []).map((observation) => [observation, one] as const)),
  );
}

/** The owner of the first broken observation behind `judgement`; undefined when all are intact or open. */
const causeOf = (judgement: Judgement, owners: Owners): Judgement | undefined =>
  firstBroken(judgement, owners, judgement.check, new Set([judgement.check.id]));

function firstBroken(
  { check, finding, broken = [] }: Judgement,
  owners: Owners,
  blocked: Check,
  passed: Set<string>,
): Judgement | undefined {
  for (const observation of [...(finding?.broken ?? broken), ...(check.relies ?? [])]) {
    const owner = owners.get(observation);
    if (owner === undefined || passed.has(owner.check.id) || isIntact(owner, observation)) continue;
    passed.add(owner.check.id);
    const before = firstBroken(owner, owners, blocked, passed);
    if (before !== undefined) return before;
    const isSeen = check === blocked && finding?.broken?.includes(observation) === true;
    if (explains(owner, blocked) || (isSeen && isUnmet(owner))) return owner;
  }
  return undefined;
}

/** It failed, or it is a recommendation that was not met: that explains other recommendations, and a MUST only where its own finding saw it. */
function explains(owner: Judgement, blocked: Check): boolean {
  return owner.verdict === 'fail' || (isUnmet(owner) && blocked.level !== 'MUST');
}

const isUnmet = ({ check, verdict, finding }: Judgement): boolean =>
  check.level !== 'MUST' && (verdict === 'warn' || verdict === 'info') && finding?.verdict === 'fail';

/** The owner passed, or what it reports is another one of its observations. */
const isIntact = ({ verdict, finding }: Judgement, observation: Observation): boolean =>
  INTACT.includes(verdict) || finding?.breaks?.includes(observation) === false;

/** A finding that takes something for granted which was never seen stays open. */
function left(judgement: Judgement, owners: Owners): Caused {
  if (judgement.verdict === 'inconclusive') return judgement;
  const open = judgement.finding?.assumes
    ?.map((observation) => owners.get(observation))
    .find((owner) => owner?.verdict === 'inconclusive');
  if (open === undefined) return judgement;
  return { ...judgement, verdict: 'inconclusive', message: `Open as ${open.check.id} is: ${judgement.message}` };
}
