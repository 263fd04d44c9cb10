import { describe, expect, test } from 'vitest';
import { BASE, deep, folder, signedIn } from '../fixtures/signed-in.ts';

const ORG = {
  'Account.json': [
    { Id: '001000000000001', Name: 'GenePoint', Size__c: 3 },
    { Id: '001000000000002', Name: 'Acme', Size__c: 5 },
    { Id: '001000000000003', Name: 'Acme' },
  ],
  'Contact.json': [
    { FirstName: 'Edna', LastName: 'Frank', AccountId: '001000000000001AAA' },
    { FirstName: 'Ada', LastName: 'North', AccountId: null },
  ],
};
const org = async () => signedIn({ fixtures: await folder(ORG) });

describe('related records', () => {
  test('are inside the record, also where they are none', async () => {
    const { soql } = await org();
    const { records } = deep(await soql('SELECT LastName, Account.Name, Account.Owner.Name FROM Contact'));
    expect(records).toMatchObject([
      {
        LastName: 'Frank',
        Account: {
          attributes: { type: 'Account', url: `${BASE}/sobjects/Account/001000000000001AAA` },
          Name: 'GenePoint',
          Owner: { attributes: { type: 'User' }, Name: 'Mock U2' },
        },
      },
      { LastName: 'North', Account: null },
    ]);
    expect(Object.keys(records[0]!)).toEqual(['attributes', 'LastName', 'Account']);
  });

  test('are found by conditions, and by queries inside queries', async () => {
    const { soql } = await org();
    const found = await soql("SELECT LastName FROM Contact WHERE Account.Name = 'GenePoint'");
    expect(deep(found).records).toMatchObject([{ LastName: 'Frank' }]);
    const text = 'SELECT Account.Name, (SELECT Contact.FirstName FROM Account.Contacts) FROM Account LIMIT 2';
    expect(deep(await soql(text)).records).toMatchObject([
      { Name: 'GenePoint', Contacts: { totalSize: 1, done: true, records: [{ FirstName: 'Edna' }] } },
      { Name: 'Acme', Contacts: null },
    ]);
  });
});

test.each([
  ['select count(Id) from Account', [{ expr0: 3 }]],
  [
    'SELECT COUNT(Size__c) sized, SUM(Size__c), AVG(Size__c), MIN(Name), MAX(Name) FROM Account',
    [{ sized: 2, expr0: 8, expr1: 4, expr2: 'Acme', expr3: 'GenePoint' }],
  ],
  [
    'SELECT Name, COUNT(Id) FROM Account GROUP BY Name',
    [
      { Name: 'GenePoint', expr0: 1 },
      { Name: 'Acme', expr0: 2 },
    ],
  ],
  ['SELECT Name one, COUNT_DISTINCT(Id) FROM Account GROUP BY Name LIMIT 1', [{ one: 'GenePoint', expr0: 1 }]],
  ["SELECT SUM(Size__c) FROM Account WHERE Name = 'None'", [{ expr0: null }]],
])('%s', async (text, expected) => {
  const { soql } = await org();
  const attributes = { type: 'AggregateResult' };
  const records = expected.map((fields) => ({ attributes, ...fields }));
  expect((await soql(text)).body).toEqual({ totalSize: records.length, done: true, records });
});

test('the Tooling API has more of an envelope, and records of its own', async () => {
  const { ask } = await org();
  const answer = (await ask('GET', `${BASE}/tooling/query?q=SELECT+Id+FROM+Account+LIMIT+1`)).body;
  expect(answer).toMatchObject({
    ...{ size: 1, totalSize: 1, done: true, queryLocator: null, entityTypeName: 'Account' },
    records: [{ attributes: { url: `${BASE}/tooling/sobjects/Account/001000000000001AAA` } }],
  });
});

test('columns=true describes the columns, and finds nothing', async () => {
  const { ask } = await org();
  const columns = async (q: string) =>
    (await ask('GET', `${BASE}/query?q=${encodeURIComponent(q)}&columns=true`)).body as unknown as Record<
      string,
      unknown
    >;
  expect(
    await columns('SELECT Id, Name, Owner.Name, Owner.Email, (SELECT LastName FROM Contacts) FROM Account'),
  ).toMatchObject({
    columnMetadata: [
      { columnName: 'Id', displayName: 'Id', aggregate: false, joinColumns: [] },
      { columnName: 'Name' },
      { columnName: 'Owner', joinColumns: [{ columnName: 'Name' }, { columnName: 'Email' }] },
      { columnName: 'Contacts', aggregate: true, joinColumns: [{ columnName: 'LastName' }] },
    ],
    ...{ entityName: 'Account', groupBy: false, idSelected: true, keyPrefix: '001' },
  });
  expect(await columns('SELECT Name, COUNT(Id), MAX(Size__c) most FROM Account GROUP BY Name')).toMatchObject({
    columnMetadata: [
      { columnName: 'Name' },
      { columnName: 'expr0', displayName: 'COUNT(Id)', aggregate: true },
      { columnName: 'most', aggregate: true },
    ],
    ...{ groupBy: true, idSelected: false },
  });
  expect((await ask('GET', `${BASE}/query?q=nonsense&columns=true`)).status).toBe(400);
});

describe('composite', () => {
  const create = (referenceId: string, body: object, object = 'Account') => ({
    ...{ method: 'POST', url: `${BASE}/sobjects/${object}`, referenceId, body },
  });

  test('graphs are done whole or not at all, and later calls name earlier answers', async () => {
    const { ask, soql } = await org();
    const graphs = [
      {
        graphId: 'good',
        compositeRequest: [
          create('a', { Name: 'New' }),
          create('b', { LastName: 'L', AccountId: '@{a.id}' }, 'Contact'),
        ],
      },
      { graphId: 'bad', compositeRequest: [create('c', { Name: 'Lost' }), create('d', { 'no name': 1 })] },
    ];
    const answer = (await ask('POST', `${BASE}/composite/graph`, { graphs })).body as unknown as Record<
      string,
      unknown
    >;
    expect(answer).toMatchObject({
      graphs: [
        {
          ...{ graphId: 'good', isSuccessful: true },
          graphResponse: {
            compositeResponse: [
              { httpStatusCode: 201, httpHeaders: { Location: expect.stringContaining('/sobjects/Account/001') } },
              { httpStatusCode: 201 },
            ],
          },
        },
        {
          ...{ graphId: 'bad', isSuccessful: false },
          graphResponse: {
            compositeResponse: [
              { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
              { httpStatusCode: 400, body: [{ errorCode: 'INVALID_FIELD' }] },
            ],
          },
        },
      ],
    });
    expect(deep(await soql("SELECT Account.Name FROM Contact WHERE LastName = 'L'")).records).toMatchObject([
      { Account: { Name: 'New' } },
    ]);
    expect(deep(await soql("SELECT Id FROM Account WHERE Name = 'Lost'")).records).toEqual([]);
  });

  test.each([
    [true, 3],
    [false, 4],
  ])('allOrNone %s leaves %i accounts', async (allOrNone, left) => {
    const { ask, soql } = await org();
    const compositeRequest = [create('a', {}), create('b', { 'no name': 1 })];
    await ask('POST', `${BASE}/composite`, { allOrNone, compositeRequest });
    expect((await soql('SELECT COUNT() FROM Account')).body['totalSize']).toBe(left);
  });

  test('inner calls have headers of their own', async () => {
    const { ask } = await org();
    const httpHeaders = { 'If-Modified-Since': 'Sat, 03 Oct 2026 21:35:07 GMT' };
    const compositeRequest = [{ method: 'GET', url: `${BASE}/sobjects`, referenceId: 'a', httpHeaders }];
    expect((await ask('POST', `${BASE}/composite`, { compositeRequest })).body).toMatchObject({
      compositeResponse: [
        { body: null, httpStatusCode: 304, httpHeaders: { ETag: expect.stringMatching(/^"\w{8}"$/) } },
      ],
    });
  });
});
