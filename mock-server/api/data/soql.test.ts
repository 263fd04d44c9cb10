import { describe, expect, test } from 'vitest';
import { effortMs } from '../../../src/effort.test-support.ts';
import { readSoql, select, valueOf } from './soql.ts';

test.each([
  ['SELECT Id FROM Account', { type: 'Account', fields: ['Id'], order: [], limit: Infinity, offset: 0 }],
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
      where: {
        kind: 'all',
        of: [
          { field: 'a', operator: '=', value: "it's  AND FROM" },
          { field: 'b', operator: '!=', value: -1.5 },
          { field: 'c', operator: '=', value: true },
          { field: 'd', operator: '=', value: null },
        ],
      },
    },
  ],
  ['SELECT a.Name, Id FROM Account a WHERE a.Id = null', { fields: ['Name', 'Id'], where: { field: 'Id' } }],
  ['SELECT Id FROM Account USING SCOPE mine WITH SECURITY_ENFORCED LIMIT 1 FOR VIEW ALL ROWS', { limit: 1 }],
  [
    'SELECT Id FROM A GROUP BY CALENDAR_YEAR(CreatedDate) HAVING COUNT(Id) > 1 ORDER BY Name desc NULLS LAST, Id LIMIT 3',
    {
      order: [
        { field: 'Name', descending: true },
        { field: 'Id', descending: false },
      ],
      limit: 3,
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
  'SELECT a FROM A WHERE b => 1',
  'SELECT a FROM A WHERE b = 1 OR',
  'SELECT a FROM A WHERE (b = 1',
  'SELECT a FROM A WHERE b IN (1',
  'SELECT a FROM A WHERE b IN ()',
  'SELECT a FROM A WHERE b IN (SELECT c FROM D',
  'SELECT a FROM A WHERE f(b = 1',
  'SELECT a FROM A WHERE b = SOON',
  'SELECT a FROM A ORDER BY',
  'SELECT a FROM A USING SCOPE',
  'SELECT a FROM A FOR EVER',
  'SELECT a FROM A LIMIT x',
  'SELECT a FROM A LIMIT 1 b',
  'nonsense',
])('%j is no SOQL', (text) => expect(readSoql(text)).toBeUndefined());

test.each([
  'SELECT ' + ' '.repeat(19_000) + '!',
  'SELECT a' + ' FROM b WHERE c'.repeat(1_200),
  "'\\".repeat(9_000),
  'SELECT ' + '('.repeat(19_000),
  'SELECT a FROM b WHERE ' + '('.repeat(19_000),
  'SELECT a FROM b WHERE ' + 'NOT '.repeat(4_500),
  'SELECT a FROM b WHERE ' + 'a = 1 AND '.repeat(1_900) + 'a = 1',
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

describe('the rows that a condition finds', () => {
  const rows = [
    { Id: '001000000000001AAA', Name: 'Acme', Size: 7, Made: '2026-01-02T00:00:00.000+0000', Old: false },
    { Id: '001000000000002AAA', Name: 'Acme North', Size: 30, Made: '2026-03-04T05:06:07.000+0000', Old: true },
    { Id: '001000000000003AAA', Name: 'Other_1', Made: '2026-05-06T00:00:00.000+0000' },
  ];
  const found = (rest: string) =>
    select(rows, readSoql(`SELECT Id FROM Account ${rest}`)!).map(({ Id }) => Number(Id[14]));

  test.each([
    ['WHERE Size > 7', [2]],
    ['WHERE Size >= 7 AND Size <= 30', [1, 2]],
    ["WHERE Size < 30 OR Name = 'other_1'", [1, 3]],
    ['WHERE NOT (Size = 7 OR Old = true)', [3]],
    ['WHERE Size <> 7', [2, 3]],
    ['WHERE Size = null', [3]],
    ["WHERE Name LIKE 'acme%'", [1, 2]],
    ["WHERE Name LIKE '%_1' AND Name LIKE '%h%r%'", [3]],
    ["WHERE Name LIKE 'Acm_'", [1]],
    ["WHERE Name LIKE ''", []],
    ["WHERE Id IN ('001000000000001', '001000000000003AAA')", [1, 3]],
    ["WHERE Name NOT IN ('Acme', 'nobody')", [2, 3]],
    ['WHERE Made > 2026-03-04T05:06:06Z', [2, 3]],
    ['WHERE Made = 2026-03-04T06:06:07+01:00', [2]],
    ['WHERE Made < 2026-03-04', [1]],
    [
      "WHERE Made > LAST_N_DAYS:7 AND CALENDAR_YEAR(Made) = 1999 AND Id IN (SELECT Id FROM Lead) AND Tags INCLUDES ('a;b','c')",
      [1, 2, 3],
    ],
    ['ORDER BY Size DESC', [3, 2, 1]],
    ['ORDER BY Size', [3, 1, 2]],
    ['ORDER BY Name DESC LIMIT 1 OFFSET 1', [2]],
  ])('%s', (rest, expected) => {
    expect(found(rest)).toEqual(expected);
  });
});
