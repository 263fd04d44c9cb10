import { expect, test } from 'vitest';
import { eachOf, howMany } from './counted.ts';

test('a number goes with its noun, in the plural only when it is not one', () => {
  expect([0, 1, 2].map((count) => howMany(count, 'refresh', 'refreshes'))).toEqual([
    '0 refreshes',
    '1 refresh',
    '2 refreshes',
  ]);
  expect(howMany(3, 'call')).toBe('3 calls');
});

test('a sentence about every one of several things is right for a single one, too', () => {
  expect(eachOf(1, 'authorization request')).toBe('The authorization request');
  expect(eachOf(2, 'refresh', 'refreshes')).toBe('Each of 2 refreshes');
});
