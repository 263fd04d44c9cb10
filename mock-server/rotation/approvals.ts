/** How many approvals a user may have given one app (facts, section 3.3): the oldest ends when there is one too many. */
import type { Parts } from '../parts.ts';
import { revoked, type FamilyRecord } from './family.ts';
import type { Ledger } from './ledger.ts';

/** Families in the order in which they were approved or rotated, newest last, by user and app; kept only where a rotation counts. */
const uses = new WeakMap<Ledger, Map<string, readonly string[]>>();

/** To be called after a login. One approval more than the limit ends the user's oldest. */
export async function limitApprovals(family: FamilyRecord, { ledger, switches }: Parts): Promise<void> {
  const { user, clientId } = family;
  const limit = switches.approvalLimit;
  if (limit === 0) return;
  const alive = ledger.known().filter((one) => one.state === 'alive' && one.user === user && one.clientId === clientId);
  const newest = switches.rotationCountsAsApproval ? counted(family, limit, ledger) : undefined;
  const over = newest
    ? alive.filter(({ id }) => !newest.includes(id))
    : alive.slice(0, Math.max(0, alive.length - limit));
  for (const { id } of over) {
    await ledger.change(id, (one) => ({ next: revoked(one, 'approval-limit'), result: undefined }));
  }
}

/** To be called after a rotation: under the switch `rotationCountsAsApproval` it is an approval too. */
export async function countRotation(family: FamilyRecord, parts: Parts): Promise<void> {
  if (parts.switches.rotationCountsAsApproval) await limitApprovals(family, parts);
}

/** The families of the user's newest `limit` approvals, this one among them. */
function counted({ id, user, clientId }: FamilyRecord, limit: number, ledger: Ledger): readonly string[] {
  const users = uses.get(ledger) ?? new Map<string, readonly string[]>();
  uses.set(ledger, users);
  const key = JSON.stringify([user, clientId]);
  const newest = [...(users.get(key) ?? []), id].slice(-limit);
  users.set(key, newest);
  return newest;
}
