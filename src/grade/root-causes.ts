/** Finds the verdicts that only follow from the failure of another check: one cause, one failure. A check relies on observations (see
 * observation.ts). When one of them is broken, its owner reports that, and this check stays open with the owner as its cause. An owner
 * that failed because of an earlier observation is not a cause itself: the first broken observation is. An observation whose owner passed
 * is intact, whatever happened before. */
import type { Check, Verdict } from './check.ts';
import type { Judgement } from './judgement.ts';
import type { Observation } from './observation.ts';

/** A judgement with the check that is its cause, if any. */
export interface Caused extends Judgement {
  readonly blockedBy?: string;
}

const BAD: readonly Verdict[] = ['fail', 'warn', 'inconclusive'];
const INTACT: readonly Verdict[] = ['pass', 'review', 'skip'];

/** Leaves open the checks that only repeat the failure of another one or could not be judged because of it. */
export function withRootCauses(judgements: readonly Judgement[]): readonly Caused[] {
  const owners = ownersOf(judgements);
  const byId = new Map(judgements.map((one) => [one.check.id, one]));
  const places = new Map(judgements.map(({ check }, index) => [check.id, index]));
  /** Returns whether `cause` precedes `blocked`: of two checks that rely on each other, the earlier one in the catalogue keeps its
   * verdict. */
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

/** Maps each observation to the check that owns it. */
function ownersOf(judgements: readonly Judgement[]): Owners {
  return new Map(
    judgements.flatMap((one) => (one.check.shows ?? []).map((observation) => [observation, one] as const)),
  );
}

/** Returns the owner of the first broken observation on which `judgement` relies; undefined when all are intact or open. */
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

/** Returns whether the owner's result explains another check: a failure does. A recommendation that was not met explains other
 * recommendations, and a MUST only where the MUST's own finding cites it. */
function explains(owner: Judgement, blocked: Check): boolean {
  return owner.verdict === 'fail' || (isUnmet(owner) && blocked.level !== 'MUST');
}

const isUnmet = ({ check, verdict, finding }: Judgement): boolean =>
  check.level !== 'MUST' && (verdict === 'warn' || verdict === 'info') && finding?.verdict === 'fail';

/** Returns whether an observation is intact: its owner passed, or reports another of its observations. */
const isIntact = ({ verdict, finding }: Judgement, observation: Observation): boolean =>
  INTACT.includes(verdict) || finding?.breaks?.includes(observation) === false;

/** Leaves a finding open that takes an observation for granted which was never seen intact. */
function left(judgement: Judgement, owners: Owners): Caused {
  if (judgement.verdict === 'inconclusive') return judgement;
  const open = judgement.finding?.assumes
    ?.map((observation) => owners.get(observation))
    .find((owner) => owner?.verdict === 'inconclusive');
  if (open === undefined) return judgement;
  return { ...judgement, verdict: 'inconclusive', message: `Open as ${open.check.id} is: ${judgement.message}` };
}
