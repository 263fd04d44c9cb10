/** How many approvals a user may have given one app (facts, section 3.3): the oldest ends when there is one too many. */
import type { MockContext } from '../context.ts';
import { revoked, type FamilyRecord } from './family.ts';
import type { TokenFamilies } from './token-families.ts';

/** Families in the order in which they were approved or rotated, newest last, by user and app; kept only where a rotation counts. */
const uses = new WeakMap<TokenFamilies, Map<string, readonly string[]>>();

/** To be called after a login. One approval more than the limit ends the user's oldest. */
export async function limitApprovals(family: FamilyRecord, { tokenFamilies, switches }: MockContext): Promise<void> {
  const { user, clientId } = family;
  const limit = switches.approvalLimit;
  if (limit === 0) return;
  const alive = tokenFamilies
    .known()
    .filter((one) => one.state === 'alive' && one.user === user && one.clientId === clientId);
  const newest = switches.rotationCountsAsApproval ? counted(family, limit, tokenFamilies) : undefined;
  const over = newest
    ? alive.filter(({ id }) => !newest.includes(id))
    : alive.slice(0, Math.max(0, alive.length - limit));
  for (const { id } of over) {
    await tokenFamilies.change(id, (one) => ({ next: revoked(one, 'approval-limit'), result: undefined }));
  }
}

/** To be called after a rotation: under the switch `rotationCountsAsApproval` it is an approval too. */
export async function countRotation(family: FamilyRecord, parts: MockContext): Promise<void> {
  if (parts.switches.rotationCountsAsApproval) await limitApprovals(family, parts);
}

/** The families of the user's newest `limit` approvals, this one among them. */
function counted({ id, user, clientId }: FamilyRecord, limit: number, tokenFamilies: TokenFamilies): readonly string[] {
  const users = uses.get(tokenFamilies) ?? new Map<string, readonly string[]>();
  uses.set(tokenFamilies, users);
  const key = JSON.stringify([user, clientId]);
  const newest = [...(users.get(key) ?? []), id].slice(-limit);
  users.set(key, newest);
  return newest;
}
