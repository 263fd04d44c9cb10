import { describe, expect, test } from 'vitest';
import { stage } from '../../fixtures/stage.ts';
import { BASE, deep, folder, signedIn } from '../fixtures/signed-in.ts';

describe('methods and media types', () => {
  test.each([
    ['PATCH', '/sobjects/Account', 'HEAD,GET,POST'],
    ['PATCH', '/sobjects/Account/', 'HEAD,GET,POST'],
    ['POST', '/sobjects/Account/001000000000001', 'HEAD,GET,PATCH,DELETE'],
    ['PUT', '/sobjects/Account/Ext__c/x', 'HEAD,GET,PATCH,DELETE'],
    ['DELETE', '/limits', 'HEAD,GET'],
    ['POST', '/query?q=SELECT+Id+FROM+Account', 'HEAD,GET'],
    ['GET', '/composite/sobjects/Account/Ext__c', 'PATCH'],
    ['GET', '/composite/graph', 'POST'],
    ['GET', '/tooling/runTestsAsynchronous', 'POST'],
  ])('%s %s: allowed are %s', async (method, path, allowed) => {
    const { ask } = await signedIn();
    const answer = await ask(method, BASE + path, method === 'GET' ? undefined : {});
    expect(answer).toMatchObject({
      status: 405,
      body: [
        { errorCode: 'METHOD_NOT_ALLOWED', message: `HTTP Method '${method}' not allowed. Allowed are ${allowed}` },
      ],
    });
    expect(answer.headers.get('allow')).toBe(allowed);
  });

  test('a POST may name its method in the query', async () => {
    const { ask } = await signedIn();
    const { body } = await ask('POST', `${BASE}/sobjects/Account`, { Name: 'One' });
    const at = `${BASE}/sobjects/Account/${body['id']!}`;
    expect((await ask('POST', `${at}?_HttpMethod=PATCH`, { Name: 'Two' })).status).toBe(204);
    expect((await ask('GET', at)).body['Name']).toBe('Two');
  });

  test.each([
    ['multipart/related', 415],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/json; charset=utf-8', 201],
    ['application/merge-patch+json', 201],
  ])('a body of the type %s: %i', async (type, status) => {
    const { ask } = await signedIn();
    const answer = await ask('POST', `${BASE}/sobjects/Account`, {}, { 'content-type': type });
    expect(answer.status).toBe(status);
    if (status === 415)
      expect(answer.body).toEqual([
        { message: `MediaType of '${type}' is not supported by this resource`, errorCode: 'UNSUPPORTED_MEDIA_TYPE' },
      ]);
  });
});

describe('headers', () => {
  test('usage of the API on every answer but 401 and that of an unknown version', async () => {
    const { ask, call, mock, session } = await signedIn();
    const usage = async (path: string) => (await ask('GET', BASE + path)).headers.get('sforce-limit-info');
    for (const path of ['/limits', '/sobjects', '/nothing', '/query?q=x'])
      expect(await usage(path)).toMatch(/^api-usage=\d+\/\d+$/);
    expect((await ask('GET', '/services/data/v1.0/limits')).headers.has('sforce-limit-info')).toBe(false);
    mock.control.expireAccessTokens();
    expect((await call(session)).headers.has('sforce-limit-info')).toBe(false);
  });

  test('a record that was made is found at its location', async () => {
    const { ask } = await signedIn();
    const made = await ask('POST', `${BASE}/sobjects/Account`, { Name: 'One' });
    expect((await ask('GET', made.headers.get('location')!)).body['Name']).toBe('One');
    const upserted = await ask('PATCH', `${BASE}/sobjects/Account/Ext__c/x`, {});
    expect((await ask('GET', upserted.headers.get('location')!)).body['Ext__c']).toBe('x');
    const again = await ask('PATCH', `${BASE}/sobjects/Account/Ext__c/x`, {});
    expect([again.status, again.headers.get('location')]).toEqual([200, null]);
  });

  test.each([
    ['1', '{\n  "totalSize" : 1,\n  "done" : true,\n  "records" : [ ]\n}'],
    ['true', '{\n  "totalSize" : 1,\n  "done" : true,\n  "records" : [ ]\n}'],
    ['0', '{"totalSize":1,"done":true,"records":[]}'],
  ])('X-PrettyPrint: %s', async (pretty, text) => {
    const { soql } = await signedIn();
    expect((await soql('SELECT COUNT() FROM Account', { 'X-PrettyPrint': pretty })).text).toBe(text);
  });

  test('descriptions are answered with 304 when the client has them', async () => {
    const { ask } = await signedIn();
    const path = `${BASE}/sobjects/Account/describe`;
    const etag = (await ask('GET', path)).headers.get('etag')!;
    for (const headers of [
      { 'If-None-Match': etag },
      { 'If-Modified-Since': 'Sat, 03 Oct 2026 21:35:07 GMT' },
    ] as Record<string, string>[])
      expect(await ask('GET', path, undefined, headers)).toMatchObject({ status: 304, text: '' });
    for (const headers of [
      { 'If-None-Match': '"x"' },
      { 'If-Modified-Since': 'Fri, 03 Oct 2025 21:35:07 GMT' },
    ] as Record<string, string>[])
      expect((await ask('GET', path, undefined, headers)).status).toBe(200);
  });

  test.each(['OAuth', 'OAuth ', 'Bearer', 'bearer '])(
    'Authorization: %j is not a header with a token',
    async (authorization) => {
      const { call } = await stage();
      const answer = await call(null, `${BASE}/limits`, { headers: { authorization } });
      expect(answer).toMatchObject({ status: 401, body: [{ errorCode: 'INVALID_AUTH_HEADER' }] });
      expect(answer.headers.get('www-authenticate')).toBe('Token');
    },
  );
});

describe('records', () => {
  test('ids that cannot be one, and records that are gone', async () => {
    const { ask } = await signedIn();
    const { body } = await ask('POST', `${BASE}/sobjects/Account`, {});
    const id = body['id']!;
    const broken = id.slice(0, 17) + (id.endsWith('B') ? 'C' : 'B');
    for (const bad of [broken, 'x', `${id}x`])
      expect(await ask('PATCH', `${BASE}/sobjects/Account/${bad}`, {})).toMatchObject({
        status: 400,
        body: [{ errorCode: 'MALFORMED_ID', message: `Record ID: id value of incorrect type: ${bad}`, fields: ['Id'] }],
      });
    await ask('DELETE', `${BASE}/sobjects/Account/${id}`);
    expect((await ask('DELETE', `${BASE}/sobjects/Account/${id}`)).body).toEqual([
      { message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] },
    ]);
  });

  test('a blob is read by the URL that its field shows', async () => {
    const { ask, soql } = await signedIn();
    const VersionData = Buffer.from([4, 8, 21, 22, 35, 66]).toString('base64');
    await ask('POST', `${BASE}/sobjects/ContentVersion`, { Title: 'a', PathOnClient: 'a.bin', VersionData });
    const [record] = deep(await soql('SELECT VersionData FROM ContentVersion')).records;
    const blob = await ask('GET', record!['VersionData'] as string);
    expect([blob.headers.get('content-type'), blob.text.length]).toEqual(['application/octetstream', 6]);
  });

  test('fields are described with the keys that clients read', async () => {
    const { ask } = await signedIn();
    const { fields } = (await ask('GET', `${BASE}/sobjects/Account/describe`)).body as unknown as {
      fields: Record<string, unknown>[];
    };
    for (const field of fields) {
      expect(Object.keys(field).length).toBeGreaterThan(50);
      expect(field).toMatchObject({ picklistValues: [], referenceTo: [], dependentPicklist: false });
    }
  });

  test.each([
    ['accepted', [201, 201, 200, 200]],
    ['refused', [400, 404, 400, 400]],
  ] as const)('unknownNames: %s', async (unknownNames, statuses) => {
    const fixtures = await folder({ 'Thing__c.json': [{ Size__c: 1 }] });
    const { ask, soql } = await signedIn({ fixtures, switches: { unknownNames } });
    const answers = [
      await ask('POST', `${BASE}/sobjects/Account`, { FavoritePet__c: 'Dog' }),
      await ask('POST', `${BASE}/sobjects/PlayingCard__c`, { Name: 'Ace' }),
      await soql('SELECT Bacon__c FROM Account LIMIT 2'),
      await soql('select count() from XYZZY'),
    ];
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    // What the org has is known in any case.
    expect((await ask('POST', `${BASE}/sobjects/Thing__c`, { Size__c: 2, Name: 'x' })).status).toBe(201);
    expect((await soql('SELECT Size__c, Owner.Name, COUNT(Id) FROM Thing__c GROUP BY Size__c')).status).toBe(200);
    if (unknownNames === 'accepted') return;
    const errors = answers.map(({ body }) => (body as unknown as { errorCode: string; message: string }[])[0]!);
    expect(errors.map(({ errorCode }) => errorCode)).toEqual([
      'INVALID_FIELD',
      'NOT_FOUND',
      'INVALID_FIELD',
      'INVALID_TYPE',
    ]);
    expect(errors[0]!.message).toBe("No such column 'FavoritePet__c' on sobject of type Account");
    expect(errors[2]!.message).toMatch(
      /^\nSELECT Bacon__c FROM Account LIMIT 2\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Bacon__c' on entity 'Account'\./,
    );
    expect(errors[3]!.message).toMatch(
      /^\nselect count\(\) from XYZZY\n {20}\^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported\./,
    );
  });

  test('recordCount counts what is asked for', async () => {
    const { ask } = await signedIn();
    expect((await ask('GET', `${BASE}/limits/recordCount?sObjects=account,Nothing__c`)).body).toEqual({
      sObjects: [{ count: 1, name: 'Account' }],
    });
    expect((await ask('GET', `${BASE}/limits/recordCount`)).text).toContain('{"count":1,"name":"User"}');
  });
});
