/** Limits the approvals of a user for one app: one more than the limit revokes the user's oldest. */
import { revoked, type FamilyRecord } from './family.ts';
import type { TokenFamilies } from './token-families.ts';

/** The approvals of all users; made by `createApprovals`. */
export interface Approvals {
  /** Counts a login as an approval and revokes the families over the limit. */
  countLogin(family: FamilyRecord): Promise<void>;
  /** Counts a rotation, which is an approval only with the switch `rotationCountsAsApproval`. */
  countRotation(family: FamilyRecord): Promise<void>;
}

/** The switches that concern approvals. */
export interface ApprovalRules {
  /** Most approvals of a user for the app; 0: no limit. */
  readonly approvalLimit: number;
  readonly rotationCountsAsApproval: boolean;
}

/** Creates empty approvals. */
export function createApprovals(
  tokenFamilies: TokenFamilies,
  { approvalLimit: limit, rotationCountsAsApproval }: ApprovalRules,
): Approvals {
  /** Ids of families by user and app, in the order of their approvals and rotations, newest last. Empty unless rotations count. */
  const newestByUser = new Map<string, readonly string[]>();

  /** After a restart with a kept store the order of earlier rotations is lost: valid families then count in the order of their creation. */
  const countNewest = ({ id, user, clientId }: FamilyRecord, alive: readonly FamilyRecord[]): readonly string[] => {
    const key = JSON.stringify([user, clientId]);
    const before = newestByUser.get(key) ?? alive.map((one) => one.id).filter((one) => one !== id);
    const newest = [...before, id].slice(-limit);
    newestByUser.set(key, newest);
    return newest;
  };

  const countLogin = async (family: FamilyRecord): Promise<void> => {
    const { user, clientId } = family;
    if (limit === 0) return;
    const alive = tokenFamilies
      .known()
      .filter((one) => one.state === 'alive' && one.user === user && one.clientId === clientId);
    const newest = rotationCountsAsApproval ? countNewest(family, alive) : undefined;
    const over = newest
      ? alive.filter(({ id }) => !newest.includes(id))
      : alive.slice(0, Math.max(0, alive.length - limit));
    for (const { id } of over) {
      await tokenFamilies.change(id, (one) => ({ next: revoked(one, 'approval-limit'), result: undefined }));
    }
  };

  return {
    countLogin,
    countRotation: async (family) => {
      if (rotationCountsAsApproval) await countLogin(family);
    },
  };
}

interface HasApprovals {
  readonly approvals: Approvals;
}

/** Counts a login; see `Approvals.countLogin`. */
export const limitApprovals = (family: FamilyRecord, { approvals }: HasApprovals): Promise<void> =>
  approvals.countLogin(family);

/** Counts a rotation; see `Approvals.countRotation`. */
export const countRotation = (family: FamilyRecord, { approvals }: HasApprovals): Promise<void> =>
  approvals.countRotation(family);
