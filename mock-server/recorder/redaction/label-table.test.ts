import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLabelTable } from './label-table.ts';

const key = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((n) => n * 1_024),
  fc.integer({ min: 0, max: 2 ** 48 - 1 }),
);
const value = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('gives back what was put in last, whatever else is in it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value), { maxLength: 3_000 }), fc.array(key), (entries, others) => {
      const table = createLabelTable();
      const known = new Map<number, number>();
      for (const [name, label] of entries) {
        table.set(name, label);
        known.set(name, label);
      }
      for (const name of [...known.keys(), ...others]) expect(table.get(name)).toBe(known.get(name));
    }),
    { numRuns: 50 },
  );
});

test('the least and the greatest of both', () => {
  const table = createLabelTable();
  table.set(0, 0);
  table.set(2 ** 48 - 1, 2 ** 32 - 1);
  expect([table.get(0), table.get(2 ** 48 - 1), table.get(1)]).toEqual([0, 2 ** 32 - 1, undefined]);
});

test('keeps the newest, at least as many as its size, and forgets what is twice as old', () => {
  const table = createLabelTable(1_000);
  for (let name = 0; name < 10_000; name += 1) {
    table.set(name * 7_919, name);
    const oldest = Math.max(0, name - 999);
    expect(table.get(oldest * 7_919)).toBe(oldest);
    if (name >= 2_000) expect(table.get((name - 2_000) * 7_919)).toBeUndefined();
  }
});

test('what is put in anew counts as new', () => {
  const table = createLabelTable(10);
  table.set(1, 1);
  for (let name = 2; name <= 10; name += 1) table.set(name, name);
  table.set(1, 100);
  table.set(11, 11);
  expect([table.get(1), table.get(11)]).toEqual([100, 11]);
});
