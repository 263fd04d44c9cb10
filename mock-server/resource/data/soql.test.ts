import { expect, test } from 'vitest';
import { effortMs } from '../../../src/effort.test-support.ts';
import { readSoql, select, valueOf } from './soql.ts';

test.each([
  ['SELECT Id FROM Account', { type: 'Account', fields: ['Id'], where: [], limit: Infinity, offset: 0 }],
  ['  select Id,\n Name\tfrom Account  limit 5 OFFSET 2 ', { fields: ['Id', 'Name'], limit: 5, offset: 2 }],
  ['SELECT COUNT() FROM Account', { fields: ['COUNT()'] }],
  [
    'SELECT COUNT(Id) total, FIELDS(ALL) FROM A GROUP BY Name, B.c ORDER BY Name DESC',
    { fields: ['COUNT(Id) total', 'FIELDS(ALL)'] },
  ],
  [
    'SELECT Id, (SELECT Id FROM Contacts) FROM Account',
    { type: 'Account', fields: ['Id', '(SELECT Id FROM Contacts)'] },
  ],
  [
    String.raw`SELECT Id FROM A WHERE a = 'it\'s  AND FROM' AND b != -1.5 AND c = TRUE AND d=null`,
    {
      where: [
        { field: 'a', value: "it's  AND FROM", not: false },
        { field: 'b', value: -1.5, not: true },
        { field: 'c', value: true, not: false },
        { field: 'd', value: null, not: false },
      ],
    },
  ],
])('%s', (text, expected) => expect(readSoql(text)).toMatchObject(expected));

test.each([
  '',
  'SELECT',
  'SELECT FROM A',
  'SELECT a FROM',
  'SELECT a, FROM A',
  'SELECT a) FROM A',
  'SELECT <x> FROM A',
  'SELECT a FROM A WHERE',
  'SELECT a FROM A WHERE b',
  "SELECT a FROM A WHERE b = 'c",
  "SELECT a FROM A WHERE b = 'c\\",
  'SELECT a FROM A WHERE b = c',
  'SELECT a FROM A WHERE b > 1',
  'SELECT a FROM A WHERE b = 1 OR c = 2',
  'SELECT a FROM A LIMIT x',
  'SELECT a FROM A LIMIT 1 b',
  'nonsense',
])('%j is no SOQL', (text) => expect(readSoql(text)).toBeUndefined());

test.each([
  'SELECT ' + ' '.repeat(19_000) + '!',
  'SELECT a' + ' FROM b WHERE c'.repeat(1_200),
  "'\\".repeat(9_000),
  'SELECT ' + '('.repeat(19_000),
])('text %# of 20,000 characters costs no more than reading it', async (text) => {
  const effort = await effortMs(() => {
    expect(readSoql(text)).toBeUndefined();
  });
  expect(effort).toBeLessThan(1_000);
});

test('a row has the fields that it has, and no others', () => {
  const row = { Id: '001000000000001AAA', Name: 'A' };
  expect(valueOf(row, 'NAME')).toBe('A');
  for (const name of ['constructor', '__proto__', 'toString']) expect(valueOf(row, name)).toBeUndefined();
  expect(select([row], readSoql("SELECT Id FROM A WHERE Id = '001000000000001'")!)).toEqual([row]);
});
