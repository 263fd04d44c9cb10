import { expect, test } from 'vitest';
import type { EventBody } from '../../src/history/event.ts';
import { createMemoryStore } from '../store/memory.ts';
import { createApprovals } from './approvals.ts';
import { newFamily } from './family.ts';
import { createTokenFamilies } from './token-families.ts';

/** Families of one user in a store, and approvals that have counted nothing yet, as after a restart of the mock. */
async function restarted(count: number, approvalLimit: number) {
  let seq = 0;
  const families = createTokenFamilies(createMemoryStore().families, (body: EventBody) => {
    seq += 1;
    return { seq, t: 0, scenario: '', prev: '', ...body };
  });
  const all = Array.from({ length: count }, (_, at) =>
    newFamily(
      {
        ...{ id: String(at).repeat(16).slice(0, 16), label: `F#${String(at + 1)}` },
        ...{ clientId: 'c', user: 'U1', scopes: [], refreshable: true },
      },
      0,
    ),
  );
  for (const family of all) await families.create(family);
  const approvals = createApprovals(families, { approvalLimit, rotationCountsAsApproval: true });
  const states = (): readonly string[] => families.known().map(({ state }) => state);
  return { all, approvals, states };
}

test('a rotation after a restart ends no other family while there are as many as the limit allows', async () => {
  const { all, approvals, states } = await restarted(3, 3);
  const [first] = all;
  if (first === undefined) throw new TypeError('There are three families.');
  await approvals.countRotation(first);
  expect(states()).toEqual(['alive', 'alive', 'alive']);
  // The second rotation of the same family is the third approval since; the oldest of the others is over the limit.
  await approvals.countRotation(first);
  expect(states()).toEqual(['alive', 'revoked', 'alive']);
});

test('one family more than the limit allows is the oldest', async () => {
  const { all, approvals, states } = await restarted(4, 3);
  const last = all.at(-1);
  if (last === undefined) throw new TypeError('There are four families.');
  await approvals.countLogin(last);
  expect(states()).toEqual(['revoked', 'alive', 'alive', 'alive']);
});
