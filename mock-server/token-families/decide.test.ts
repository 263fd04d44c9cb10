import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, LOCK_LEASE_MS, released } from './decide.ts';
import { accessAlive, newFamily, revoked, withoutAccess, withoutAccessToken, type FamilyRecord } from './family.ts';
import { presetOf } from './preset.ts';

const login = { id: '00000000000000aa', label: 'F#1', clientId: 'c', user: 'U1', scopes: ['api'], refreshable: true };
const family = (changes: Partial<FamilyRecord> = {}): FamilyRecord => ({ ...newFamily(login, 0), ...changes });
const rotatedOnce = (inFlight = false) =>
  family({ head: 1, access: 1, issuedAt: 1_000, inFlight: inFlight ? { generation: 0, since: 1_000 } : null });

describe('the previous token once more', () => {
  test.each([
    ['salesforce', 'in-flight', 'reuse', 'reuse'],
    ['strict', 'reuse', 'reuse', 'reuse'],
    ['grace:30', 'replayed', 'replayed', 'reuse'],
    ['idempotent-child', 'replayed', 'replayed', 'replayed'],
  ])('%s', (name, inFlight, soon, late) => {
    const preset = presetOf(name);
    expect(decide(rotatedOnce(true), 0, preset, 2_000).outcome).toBe(inFlight);
    expect(decide(rotatedOnce(), 0, preset, 30_999).outcome).toBe(soon);
    expect(decide(rotatedOnce(), 0, preset, 31_000).outcome).toBe(late);
    // Two generations back nothing helps.
    expect(decide({ ...rotatedOnce(), head: 2 }, 0, preset, 2_000).outcome).toBe('reuse');
  });

  test('off', () => {
    const off = presetOf('off');
    const first = decide(family(), 0, off, 1_000);
    expect(first).toMatchObject({ outcome: 'rotated', next: { head: 0, access: 1 } });
    const locked = (first as { next: FamilyRecord }).next;
    expect(decide(locked, 0, off, 1_001).outcome).toBe('in-flight');
    expect(decide(released(locked, 0), 0, off, 1_001).outcome).toBe('rotated');
  });
});

test('a lock that its process left behind ends', () => {
  const locked = rotatedOnce(true);
  expect(decide(locked, 0, presetOf('salesforce'), 1_000 + LOCK_LEASE_MS - 1).outcome).toBe('in-flight');
  expect(decide(locked, 0, presetOf('salesforce'), 1_000 + LOCK_LEASE_MS).outcome).toBe('reuse');
});

test('only its own lock is released', () => {
  const locked = family({ head: 2, inFlight: { generation: 1, since: 0 } });
  expect(released(locked, 0)).toBe(locked);
  expect(released(locked, 1).inFlight).toBeNull();
});

test('an ended family says so, and why it ended first', () => {
  const preset = presetOf('salesforce');
  expect(decide(revoked(family(), 'expired'), 0, preset, 1).outcome).toBe('expired');
  expect(decide(revoked(revoked(family(), 'admin'), 'expired'), 0, preset, 1).outcome).toBe('dead');
  expect(decide(family({ state: 'burnt' }), 0, preset, 1).outcome).toBe('dead');
  expect(decide(family({ refreshable: false }), 0, preset, 1).outcome).toBe('unknown');
  expect(decide(family(), 1, preset, 1).outcome).toBe('unknown');
});

test('access tokens die one by one or all, without leaving a trace for each', () => {
  let one = family({ access: 9 });
  for (const generation of [3, 1, 0, 2]) one = withoutAccessToken(one, generation);
  expect(one).toMatchObject({ accessFloor: 4, deadAccess: [] });
  expect([3, 4, 9, 10].map((generation) => accessAlive(one, generation))).toEqual([false, true, true, false]);
  expect(accessAlive(withoutAccess(one), 9)).toBe(false);
  expect(accessAlive({ ...withoutAccess(one), access: 10 }, 10)).toBe(true);
  const underWay = { ...one, inFlight: { generation: 1, since: 1 } };
  expect([8, 9].map((generation) => accessAlive(withoutAccess(underWay), generation))).toEqual([false, true]);
});

test.each(['grace', 'grace:-1', 'grace:x', 'Salesforce', ''])('%j is no preset', (name) => {
  expect(() => presetOf(name)).toThrow('no rotation preset');
});

test('the salesforce preset does what a model of a few lines does, whatever is sent in whatever order', () => {
  const steps = fc.array(
    fc.oneof(fc.record({ present: fc.nat({ max: 6 }) }), fc.record({ answered: fc.nat({ max: 6 }) })),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, (script) => {
      let stored = family();
      const model = { head: 0, open: new Set<number>(), alive: true };
      for (const step of script) {
        if ('answered' in step) {
          stored = released(stored, step.answered);
          model.open.delete(step.answered);
          continue;
        }
        const sent = Math.min(step.present, model.head);
        const decision = decide(stored, sent, presetOf('salesforce'), 1);
        if ('next' in decision) stored = decision.next;
        if (!model.alive) expect(decision.outcome).toBe('dead');
        else if (sent === model.head) {
          expect(decision.outcome).toBe('rotated');
          // One lock a family: a newer refresh takes the place of an older one that was never answered.
          model.open = new Set([sent]);
          model.head += 1;
        } else if (model.open.has(sent)) expect(decision.outcome).toBe('in-flight');
        else {
          expect(decision.outcome).toBe('reuse');
          model.alive = false;
        }
        expect(stored.head).toBe(model.head);
        expect(stored.state === 'alive').toBe(model.alive);
      }
    }),
    { numRuns: 500 },
  );
});
