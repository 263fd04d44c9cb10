import { describe, expect, test } from 'vitest';
import { effortMs } from '../../test-kit/effort.ts';
import { stage } from '../fixtures/stage.ts';
import { readCsv, writeCsv } from './data/csv.ts';
import { readSoql } from './data/soql.ts';
import { BASE, deep, folder, signedIn } from './fixtures/signed-in.ts';

describe('records', () => {
  test('are made, read, changed and removed', async () => {
    const { ask, soql } = await signedIn();
    const id = (await ask('POST', `${BASE}/sobjects/Account`, { Name: 'Acme "1"', Employees__c: 7 })).body['id']!;
    expect((await ask('GET', `${BASE}/sobjects/account/${id}`)).body).toMatchObject({
      Name: 'Acme "1"',
      attributes: { type: 'Account' },
    });
    expect(
      (await ask('PATCH', `${BASE}/sobjects/Account/${id.slice(0, 15)}`, { Name: 'Beta', Id: '001000000000000' }))
        .status,
    ).toBe(204);
    expect(
      deep(await soql(`SELECT Id, name, Nothing__c FROM Account WHERE Id = '${id.slice(0, 15)}' AND Employees__c = 7`))
        .records,
    ).toEqual([
      {
        attributes: { type: 'Account', url: `${BASE}/sobjects/Account/${id}` },
        Id: id,
        name: 'Beta',
        Nothing__c: null,
      },
    ]);
    expect((await ask('DELETE', `${BASE}/sobjects/Account/${id}`)).status).toBe(204);
    expect((await ask('DELETE', `${BASE}/sobjects/Account/${id}`)).status).toBe(404);
    expect(await ask('GET', `${BASE}/sobjects/Account/${id}`)).toMatchObject({
      status: 404,
      body: [{ errorCode: 'NOT_FOUND' }],
    });
    expect((await ask('PATCH', `${BASE}/sobjects/Account/${id}`, {})).status).toBe(404);
  });

  test.each(['{', '[]', '"x"', { 'no name': 1 }, { Id: 'x' }, { __proto__x: 1 }])('%j is refused', async (body) => {
    const { ask } = await signedIn();
    expect((await ask('POST', `${BASE}/sobjects/Account`, body)).status).toBe(400);
  });

  test('descriptions, tooling, recent', async () => {
    const { ask } = await signedIn();
    expect((await ask('GET', `${BASE}/sobjects`)).text).toContain('"name":"Account"');
    expect(deep(await ask('GET', `${BASE}/sobjects/Account/describe`))['fields']).toContainEqual(
      expect.objectContaining({ name: 'Name', type: 'string' }),
    );
    expect((await ask('GET', `${BASE}/tooling/query?q=SELECT+Id+FROM+ApexClass`)).body).toMatchObject({
      totalSize: 0,
      done: true,
    });
    expect((await ask('GET', '/services/data/latest/limits')).status).toBe(200);
    expect((await ask('PUT', `${BASE}/sobjects/Account/001000000000000`)).status).toBe(405);
  });
});

describe('fixtures', () => {
  test('are what the org holds, page by page', async () => {
    const contacts = Array.from({ length: 450 }, (_, at) => ({ LastName: `N${String(at)}` }));
    const { ask, soql } = await signedIn({
      fixtures: await folder({
        'Contact.json': contacts,
        'Thing__c.json': [{ Id: 'a01000000000001', Size__c: 1 }],
        'README.md': 'x',
      }),
    });
    const first = deep(await soql('SELECT Id, LastName FROM Contact', { 'Sforce-Query-Options': 'batchSize=200' }));
    expect(first).toMatchObject({
      totalSize: 450,
      done: false,
      nextRecordsUrl: expect.stringMatching(/\/query\/01g\w+-200/),
    });
    const second = deep(await ask('GET', first['nextRecordsUrl'] as unknown as string));
    const third = deep(await ask('GET', second['nextRecordsUrl'] as unknown as string));
    expect(third).toMatchObject({ totalSize: 450, done: true });
    expect([...first.records, ...second.records, ...third.records].map((row) => row['LastName'])).toEqual(
      contacts.map(({ LastName }) => LastName),
    );
    expect(deep(await soql('SELECT COUNT() FROM Contact'))).toMatchObject({ totalSize: 450, records: [] });
    expect(deep(await soql('SELECT Id FROM Thing__c WHERE Size__c != 1')).records).toEqual([]);
    expect(deep(await soql('SELECT Id FROM Contact LIMIT 2 OFFSET 449')).records).toHaveLength(1);
    expect((await ask('GET', `${BASE}/query/01g000000000000-200`)).body).toMatchObject([
      { errorCode: 'INVALID_QUERY_LOCATOR' },
    ]);
    expect((await ask('GET', `${BASE}/sobjects/Thing__c/a01000000000001`)).status).toBe(200);
  });

  test.each([
    ['no list', { 'Account.json': {} }],
    ['no JSON', { 'Account.json': '[{' }],
    ['no record', { 'Account.json': [1] }],
    ['no field', { 'Account.json': [{ 'a b': 1 }] }],
    ['no id', { 'Account.json': [{ Id: '../x' }] }],
    ['no object', { 'a-b.json': [] }],
    ['too many', { 'Account.json': Array.from({ length: 10_001 }, () => ({})) }],
    ['too large', { 'Account.json': JSON.stringify([{ Name: 'x'.repeat(1024 * 1024) }]) }],
  ])('%s is trouble', async (_name, files) => {
    await expect(stage({ fixtures: await folder(files) })).rejects.toMatchObject({ code: 'bad-fixture' });
  });

  test('no folder is trouble', async () => {
    await expect(stage({ fixtures: '/nowhere/at/all' })).rejects.toMatchObject({ code: 'bad-fixture' });
  });
});

test('composite calls go one after the other, and later ones see earlier ones', async () => {
  const { ask } = await signedIn();
  const compositeRequest = [
    { method: 'POST', url: `${BASE}/sobjects/Account`, referenceId: 'a', body: { Name: 'New' } },
    { method: 'GET', url: `${BASE}/sobjects/Account/@{a.id}`, referenceId: 'b' },
    { method: 'GET', url: `${BASE}/composite`, referenceId: 'c' },
  ];
  const { compositeResponse } = (await ask('POST', `${BASE}/composite`, { compositeRequest })).body as unknown as {
    compositeResponse: { httpStatusCode: number; body: unknown }[];
  };
  expect(compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 200, 404]);
  expect(compositeResponse[1]!.body).toMatchObject({ Name: 'New' });
  const many = Array.from({ length: 26 }, () => compositeRequest[1]);
  expect((await ask('POST', `${BASE}/composite`, { compositeRequest: many })).status).toBe(400);
  const batch = await ask('POST', `${BASE}/composite/batch`, {
    batchRequests: [
      { method: 'GET', url: 'v67.0/limits' },
      { method: 'GET', url: 'v67.0/x' },
    ],
  });
  expect(batch.body).toMatchObject({ hasErrors: true, results: [{ statusCode: 200 }, { statusCode: 404 }] });
});

test('records by what another system calls them: made, changed, read, removed', async () => {
  const { ask, soql } = await signedIn();
  const at = `${BASE}/sobjects/Account/Ext__c`;
  const made = await ask('PATCH', `${at}/a%2F1`, { Name: 'One' });
  expect(made).toMatchObject({ status: 201, body: { success: true, created: true } });
  const changed = await ask('PATCH', `${at}/a%2F1`, { Name: 'Uno' });
  expect(changed).toMatchObject({ status: 200, body: { id: made.body['id'], created: false } });
  expect((await ask('GET', `${at}/a%2F1`)).body).toMatchObject({ Id: made.body['id'], Name: 'Uno', Ext__c: 'a/1' });
  const records = ['a/1', 'a/2', ''].map((Ext__c) => ({ attributes: { type: 'Account' }, Ext__c, Name: 'Many' }));
  const many = await ask('PATCH', `${BASE}/composite/sobjects/Account/Ext__c`, { records });
  expect(many.body).toMatchObject([
    { id: made.body['id'], success: true, created: false },
    { success: true, created: true },
    { success: false, errors: [{ statusCode: 'MISSING_ARGUMENT' }] },
  ]);
  expect(deep(await soql("SELECT Id FROM Account WHERE Name = 'Many'"))).toMatchObject({ totalSize: 2 });
  expect((await ask('DELETE', `${at}/a%2F1`)).status).toBe(204);
  for (const [method, path, body] of [
    ['GET', `${at}/a%2F1`],
    ['GET', `${at}/%zz`],
    ['PATCH', `${BASE}/sobjects/Account/1x/a`, {}],
    ['GET', `${at}/a/b`],
  ] as const)
    expect((await ask(method, path, body)).status).toBe(404);
  expect((await ask('POST', `${BASE}/composite/sobjects/Account/Ext__c`, {})).status).toBe(405);
  expect((await ask('PATCH', `${at}/x`, 'no json')).status).toBe(400);
  expect((await ask('PATCH', `${at}/x`, { 'a b': 1 })).status).toBe(400);
});

test('many records at once: an answer for each, or none is written', async () => {
  const { ask, soql } = await signedIn();
  const at = `${BASE}/composite/sobjects`;
  const account = (fields: object) => ({ attributes: { type: 'account' }, ...fields });
  const records = [account({ Name: 'One' }), account({ Name: 'Two' }), { Name: 'of no object' }];
  const none = await ask('POST', at, { allOrNone: true, records });
  expect(none.body).toMatchObject([
    { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
    { success: false },
    { success: false, errors: [{ statusCode: 'INVALID_FIELD' }] },
  ]);
  expect(deep(await soql("SELECT Id FROM Account WHERE Name IN ('One', 'Two')"))).toMatchObject({ totalSize: 0 });
  const made = (await ask('POST', at, { records })).body as unknown as { id: string; success: boolean }[];
  expect(made.map(({ success }) => success)).toEqual([true, true, false]);
  const [one = '', two = ''] = made.map(({ id }) => id);
  const changed = await ask('PATCH', at, { records: [account({ id: one, Name: 'Uno' }), account({ id: '001x' })] });
  expect(changed.body).toMatchObject([{ id: one, success: true }, { success: false }]);
  const read = `${at}/Account?ids=${one},001000000000000,${two}&fields=Name`;
  const seen = [{ Id: one, Name: 'Uno' }, null, { Id: two, Name: 'Two' }];
  expect((await ask('GET', read)).body).toMatchObject(seen);
  const posted = await ask('POST', `${at}/Account`, { ids: [one, 'unknown', two], fields: ['Name'] });
  expect(posted.body).toMatchObject(seen);
  expect((await ask('DELETE', `${at}?ids=${one},${one}`)).body).toMatchObject([{ success: true }, { success: false }]);
  expect((await ask('POST', at, { records: Array.from({ length: 201 }, () => ({})) })).status).toBe(400);
  expect((await ask('POST', at, 'no json')).status).toBe(400);
  expect((await ask('PUT', at)).status).toBe(405);
  expect((await ask('DELETE', `${at}/Account`)).status).toBe(405);
});

describe('Bulk 2', () => {
  test('rows go in, results come out', async () => {
    const { ask, soql } = await signedIn();
    const { body: job } = await ask('POST', `${BASE}/jobs/ingest`, { object: 'Contact', operation: 'insert' });
    expect(job['state']).toBe('Open');
    expect(
      (
        await ask('PUT', `${BASE}/jobs/ingest/${job['id']!}/batches`, 'LastName,Note__c\nOne,"a, ""b"""\nTwo,\n', {
          'content-type': 'text/csv',
        })
      ).status,
    ).toBe(201);
    expect((await ask('PATCH', `${BASE}/jobs/ingest/${job['id']!}`, { state: 'UploadComplete' })).status).toBe(200);
    expect((await ask('PATCH', `${BASE}/jobs/ingest/${job['id']!}`, { state: 'UploadComplete' })).status).toBe(400);
    expect((await ask('GET', `${BASE}/jobs/ingest/${job['id']!}`)).body).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 2,
    });
    expect((await ask('GET', `${BASE}/jobs/ingest/${job['id']!}/successfulResults`)).text.split('\n')).toHaveLength(4);
    expect(deep(await soql('SELECT LastName, Note__c FROM Contact')).records).toMatchObject([
      { Note__c: 'a, "b"' },
      {},
    ]);
    const { body: query } = await ask('POST', `${BASE}/jobs/query`, {
      operation: 'query',
      query: 'SELECT LastName FROM Contact',
    });
    expect((await ask('GET', `${BASE}/jobs/query/${query['id']!}/results`)).text).toBe('"LastName"\n"One"\n"Two"\n');
    expect((await ask('POST', `${BASE}/jobs/ingest`, { object: 'Contact', operation: 'explode' })).status).toBe(400);
  });

  test('an expired session is a 401 in JSON', async () => {
    const { call } = await stage();
    expect(await call(null, `${BASE}/jobs/ingest`, { method: 'POST' })).toMatchObject({
      status: 401,
      body: [{ errorCode: 'INVALID_SESSION_ID' }],
    });
  });
});

test('Bulk 1: job, batch, results, in XML', async () => {
  const { session, mock } = await signedIn();
  const ask = async (method: string, path: string, body?: string, type = 'application/xml') =>
    (
      await fetch(`${mock.instanceUrl}/services/async/60.0/job${path}`, {
        method,
        headers: { 'x-sfdc-session': session, 'content-type': type },
        ...(body !== undefined && { body }),
      })
    ).text();
  const id = /<id>(\w+)</.exec(
    await ask('POST', '', '<jobInfo><operation>insert</operation><object>Lead</object></jobInfo>'),
  )![1]!;
  const batch = await ask('POST', `/${id}/batch`, 'LastName\nOne\n', 'text/csv');
  expect(batch).toContain('<state>Completed</state>');
  expect(await ask('GET', `/${id}/batch/${/<id>(\w+)</.exec(batch)![1]!}/result`)).toContain('"true","true"');
  expect(await ask('POST', `/${id}`, '<jobInfo><state>Closed</state></jobInfo>')).toContain('<state>Closed</state>');
  expect(await ask('POST', `/${id}/batch`, 'LastName\nTwo\n', 'text/csv')).toContain('InvalidJobState');
  expect(await ask('GET', '/750000000000000')).toContain('<exceptionCode>InvalidJob</exceptionCode>');
});

describe('SOAP', () => {
  const envelope = (body: string, session = '') =>
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader><sessionId>${session}</sessionId></SessionHeader></e:Header><e:Body>${body}</e:Body></e:Envelope>`;
  const send = async (origin: string, body: string) =>
    (
      await fetch(`${origin}/services/Soap/u/60.0`, { method: 'POST', headers: { 'content-type': 'text/xml' }, body })
    ).text();

  test('login where the org allows it, then query, user, time, logout', async () => {
    const { mock, call, of } = await stage({ switches: { passwordFlow: true } });
    const login = (password: string) =>
      envelope(
        `<login xmlns="urn:partner.soap.sforce.com"><username>u3@example.com</username><password>${password}</password></login>`,
      );
    expect(await send(mock.loginUrl, login('wrong'))).toContain('sf:INVALID_LOGIN');
    const session = /<sessionId>([^<]+)</.exec(await send(mock.loginUrl, login('password')))![1]!;
    expect((await call(session)).status).toBe(200);
    expect(
      await send(
        mock.instanceUrl,
        envelope('<query><queryString>SELECT Id, Name FROM Account</queryString></query>', session),
      ),
    ).toContain('<size>1</size>');
    expect(await send(mock.instanceUrl, envelope('<getUserInfo/>', session))).toContain(
      '<userName>u3@example.com</userName>',
    );
    expect(await send(mock.instanceUrl, envelope('<getServerTimestamp/>', session))).toMatch(/<timestamp>2\d{3}-/);
    expect(await send(mock.instanceUrl, envelope('<logout/>', session))).toContain('logoutResponse');
    expect(await send(mock.instanceUrl, envelope('<getUserInfo/>', session))).toContain('sf:INVALID_SESSION_ID');
    expect(of('note')).toEqual([]);
  });

  test('not by default', async () => {
    const { mock } = await stage();
    expect(
      await send(
        mock.loginUrl,
        envelope('<login><username>u1@example.com</username><password>password</password></login>'),
      ),
    ).toContain('INVALID_LOGIN');
  });
});

test('CSV is written as it is read', () => {
  const lines = [
    ['a', 'b"c', 'd,e'],
    ['', 'two\nlines', 'é'],
  ];
  expect(readCsv(writeCsv(lines))).toEqual(lines);
  expect(readCsv('a,b\r\n1,2\r\n')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test('a text that is not SOQL is refused, and quickly', async () => {
  for (const bad of ['', 'SELECT', 'DELETE FROM X', 'x'.repeat(30_000)]) expect(readSoql(bad)).toBeUndefined();
  const effort = await effortMs(() => {
    readSoql(`SELECT ${'a '.repeat(9_000)}`);
    readSoql(`SELECT a FROM b WHERE ${' a'.repeat(8_000)}`);
  });
  expect(effort).toBeLessThan(2_000);
});
