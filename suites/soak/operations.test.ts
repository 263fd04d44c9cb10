import { expect, test } from 'vitest';
import { seeded } from '../../src/run/random.ts';
import { drawOperations, FAULTS, LENGTH, tour } from './operations.ts';

test.each([1, 2, 7, 42])('seed %i: 200 operations in which every fault follows every other one', (seed) => {
  const operations = drawOperations(seeded(seed, 'soak'));
  expect(operations).toHaveLength(LENGTH);
  const faults = operations.flatMap((operation) => (operation.op === 'fault' ? [operation.fault] : []));
  const pairs = new Set(faults.slice(1).map((fault, index) => `${faults[index] ?? ''} ${fault}`));
  expect(pairs.size).toBe(FAULTS.length ** 2);
  expect(operations.filter(({ op }) => op === 'restart')).toHaveLength(4);
  expect(operations.filter(({ op }) => op === 'revoke')).toHaveLength(3);
});

test('the same seed draws the same operations, another seed others', () => {
  expect(drawOperations(seeded(3, 'soak'))).toEqual(drawOperations(seeded(3, 'soak')));
  expect(drawOperations(seeded(3, 'soak'))).not.toEqual(drawOperations(seeded(4, 'soak')));
});

test('the tour of one point takes its only pair', () => {
  expect(tour(1, () => 0)).toEqual([0, 0]);
});
