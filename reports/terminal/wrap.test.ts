import { expect, it } from 'vitest';
import { wrap } from './wrap.ts';

it('breaks at spaces', () => {
  expect(wrap('one two three four five', 22, '  ')).toEqual(['  one two three four', '  five']);
});

it.each([50, 61, 103, 240])('puts nothing between the parts of a word of %d characters', (length) => {
  const word = Array.from({ length }, (_, index) => String(index % 10)).join('');
  const rows = wrap(`see ${word} there`, 42, '  ');
  expect(
    rows
      .map((row) => row.slice(2))
      .join('')
      .replaceAll(' ', ''),
  ).toBe(`see${word}there`);
  expect(rows.map((row) => row.slice(2)).join('\n')).not.toMatch(/\d \d/u);
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(42);
});

it('keeps the spaces at the beginning', () => {
  expect(wrap('', 40, '  ')).toEqual(['  ']);
});
