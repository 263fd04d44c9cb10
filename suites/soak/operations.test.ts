import { expect, test } from 'vitest';
import { seeded } from '../../src/run/random.ts';
import { drawOperations, FAULTS, LEAST_PAIRS, leastOperations, LENGTH, tour, type Operation } from './operations.ts';

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

test('another seed has the faults in another order, and spreads what is rare', () => {
  const faultsOf = (seed: number) => drawOperations(seeded(seed, 'soak')).filter(({ op }) => op === 'fault');
  expect(faultsOf(3)).not.toEqual(faultsOf(4));
  const rare = drawOperations(seeded(3, 'soak')).flatMap(({ op }, index) => (op === 'restart' ? [index] : []));
  expect((rare.at(-1) ?? 0) - (rare[0] ?? 0)).toBeGreaterThan(LENGTH / 4);
});

test('ordinary use lies between any two faults', () => {
  const faults = drawOperations(seeded(1, 'soak')).flatMap(({ op }, index) => (op === 'fault' ? [index] : []));
  const gaps = faults.map((at, index) => at - (faults[index - 1] ?? -1) - 1);
  expect(Math.min(...gaps)).toBeGreaterThan(4);
});

test.each([
  [0.54, { op: 'call' }],
  [0.55, { op: 'refresh', calls: 1 }],
  [0.84, { op: 'refresh', calls: 1 }],
  [0.85, { op: 'refresh', calls: 3 }],
])('where %d is drawn ordinary use is %j', (drawn, ordinary) => {
  const rare = ['fault', 'restart', 'login', 'revoke'];
  const found = drawOperations(() => drawn).filter(({ op }) => !rare.includes(op));
  expect(found.length).toBeGreaterThan(LENGTH / 2);
  expect(new Set(found.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(ordinary)]));
});

test('the tour of one point takes its only pair', () => {
  expect(tour(1, () => 0)).toEqual([0, 0]);
});

test('knows how many operations it takes to meet half of the pairs', () => {
  const operations = drawOperations(seeded(1, 'soak'));
  const least = leastOperations(operations);
  const pairsOf = (performed: readonly Operation[]) => {
    const faults = performed.flatMap((operation) => (operation.op === 'fault' ? [operation.fault] : []));
    return new Set(faults.slice(1).map((fault, index) => `${faults[index] ?? ''} ${fault}`)).size;
  };
  expect(pairsOf(operations.slice(0, least))).toBe(LEAST_PAIRS);
  expect(pairsOf(operations.slice(0, least - 1))).toBe(LEAST_PAIRS - 1);
  expect(leastOperations(operations.slice(0, 5))).toBe(5);
});
