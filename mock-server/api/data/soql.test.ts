import { describe, expect, test } from 'vitest';
import { effortMs } from '../../../test-kit/effort.ts';
import { limited, matching, readSoql, valueOf, type Soql } from './soql.ts';

const select = <T extends Readonly<Record<string, unknown>>>(rows: readonly T[], soql: Soql) =>
  limited(matching(rows, soql), soql);

test.each([
  ['SELECT Id FROM Account', { type: 'Account', fields: ['Id'], where: [], limit: Infinity, offset: 0 }],
  ['  select Id,\n Name\tfrom Account  limit 5 OFFSET 2 ', { fields: ['Id', 'Name'], limit: 5, offset: 2 }],
  ['SELECT COUNT() FROM Account', { fields: ['COUNT()'] }],
  [
    'SELECT COUNT(Id) total, FIELDS(ALL) FROM A GROUP BY Name, B.c ORDER BY Name DESC',
    { fields: ['COUNT(Id) total', 'FIELDS(ALL)'], groupBy: ['Name', 'B.c'] },
  ],
  [
    'SELECT Id, (SELECT Id FROM Contacts), Owner.Name FROM Account',
    { type: 'Account', fields: ['Id', '(SELECT Id FROM Contacts)', 'Owner.Name'] },
  ],
  [
    String.raw`SELECT Id FROM A WHERE a = 'it\'s  AND FROM' AND b != -1.5 AND c IN (TRUE, null)`,
    {
      where: [
        { field: 'a', values: ["it's  AND FROM"], negated: false },
        { field: 'b', values: [-1.5], negated: true },
        { field: 'c', values: [true, null], negated: false },
      ],
    },
  ],
  ['SELECT Account.Name, Account.Owner.Name FROM Account', { fields: ['Name', 'Owner.Name'] }],
  ['SELECT a.Name, Id FROM Account a WHERE a.Id = null', { fields: ['Name', 'Id'], where: [{ field: 'Id' }] }],
  ['SELECT Id FROM Account USING SCOPE mine WITH SECURITY_ENFORCED LIMIT 1 FOR VIEW ALL ROWS', { limit: 1 }],
  [
    'SELECT Id FROM A WHERE a = 1 GROUP BY CALENDAR_YEAR(CreatedDate) HAVING COUNT(Id) > 1 ORDER BY Name desc NULLS LAST, Id LIMIT 3',
    { where: [{ field: 'a' }], groupBy: [], limit: 3 },
  ],
])('%s', (text, expected) => expect(readSoql(text)).toMatchObject(expected));

/** Clauses that are accepted and not evaluated. */
test.each([
  "WHERE Name LIKE 'a%'",
  "WHERE a = 1 OR b = 'x'",
  'WHERE NOT (a = 1)',
  'WHERE Made > LAST_N_DAYS:7 AND CALENDAR_YEAR(Made) = 1999',
  "WHERE Id IN (SELECT Id FROM Lead) AND Tags INCLUDES ('a;b','c')",
  'WHERE Made = 2026-03-04T06:06:07+01:00',
  "WHERE DISTANCE(Place__c, GEOLOCATION(37,122), 'mi') < 20",
  'WHERE Id IN :ids',
  'WITH DATA CATEGORY Geography__c ABOVE usa__c',
  'GROUP BY ROLLUP(Name) HAVING COUNT(Id) > 1',
  'ORDER BY Name DESC NULLS LAST',
  'FOR UPDATE',
])('SELECT Id FROM Account %s finds every row', (rest) => {
  const soql = readSoql(`SELECT Id FROM Account ${rest}`)!;
  expect(select([{ Id: '1' }, { Id: '2' }], soql)).toHaveLength(2);
});

test.each(['', 'SELECT', 'SELECT FROM A', 'SELECT a FROM', 'DELETE FROM A', 'SELECT a FROM (b)', 'nonsense'])(
  '%j is not SOQL',
  (text) => expect(readSoql(text)).toBeUndefined(),
);

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
    expect(readSoql(text)?.where.length ?? 0).toBeLessThanOrEqual(100);
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
    { Id: '001000000000001AAA', Name: 'Acme', Size: 7, Old: false },
    { Id: '001000000000002AAA', Name: 'Acme North', Size: 30, Old: true },
    { Id: '001000000000003AAA', Name: 'Other_1' },
  ];
  const found = (rest: string) =>
    select(rows, readSoql(`SELECT Id FROM Account ${rest}`)!).map(({ Id }) => Number(Id[14]));

  test.each([
    ['WHERE Size = 7', [1]],
    ["WHERE Name = 'other_1' AND Size = null", [3]],
    ['WHERE Size <> 7', [2, 3]],
    ["WHERE Id IN ('001000000000001', '001000000000003AAA')", [1, 3]],
    ['WHERE Old=true AND Size>100', [2]],
    ["WHERE Name != 'Acme' LIMIT 1 OFFSET 1", [3]],
  ])('%s', (rest, expected) => {
    expect(found(rest)).toEqual(expected);
  });
});
