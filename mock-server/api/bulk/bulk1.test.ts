import { describe, expect, test } from 'vitest';
import { stage } from '../../fixtures/stage.ts';
import { signedIn } from '../fixtures/signed-in.ts';

const JOB = '/services/async/60.0/job';
const XML = { 'content-type': 'application/xml; charset=UTF-8' };

async function jobs() {
  const { ask } = await signedIn();
  const open = async (fields: object) => (await ask('POST', JOB, fields)).body['id']!;
  return { ask, open };
}

describe('in JSON', () => {
  test('records go in, and come out by a query', async () => {
    const { ask, open } = await jobs();
    const id = await open({ operation: 'insert', object: 'Contact', contentType: 'JSON' });
    const batch = await ask('POST', `${JOB}/${id}/batch`, [{ LastName: 'One' }, { 'no name': 1 }]);
    expect(batch).toMatchObject({
      status: 201,
      body: { state: 'Completed', numberRecordsProcessed: 2, numberRecordsFailed: 1 },
    });
    expect(batch.headers.get('content-type')).toBe('application/json');
    const at = `${JOB}/${id}/batch/${batch.body['id']!}`;
    expect((await ask('GET', `${at}/result`)).body).toMatchObject([
      { success: true, created: true, id: expect.stringMatching(/^003/), errors: [] },
      { success: false, created: false, id: null, errors: [{ statusCode: 'INVALID_FIELD' }] },
    ]);
    expect((await ask('POST', `${JOB}/${id}`, { state: 'Closed' })).body).toMatchObject({
      state: 'Closed',
      numberBatchesTotal: 1,
    });
    expect((await ask('POST', `${JOB}/${id}/batch`, [])).body).toMatchObject({ exceptionCode: 'InvalidJobState' });

    const query = await open({ operation: 'query', object: 'Contact', contentType: 'JSON' });
    const asked = await ask('POST', `${JOB}/${query}/batch`, 'SELECT Id, LastName FROM Contact');
    const results = `${JOB}/${query}/batch/${asked.body['id']!}/result`;
    const [resultId] = (await ask('GET', results)).body as unknown as [string];
    expect((await ask('GET', `${results}/${resultId}`)).body).toMatchObject([
      { attributes: { type: 'Contact' }, LastName: 'One' },
    ]);
    // The format of the job holds where a request has no body.
    expect((await ask('GET', `${JOB}/${query}/batch`)).body).toMatchObject({ batchInfo: [{ jobId: query }] });
  });

  test('errors are JSON, that of an expired session too', async () => {
    const { ask, open } = await jobs();
    expect(await ask('POST', JOB, { operation: 'explode', object: 'Contact' })).toMatchObject({
      status: 400,
      body: { exceptionCode: 'InvalidJob' },
    });
    const id = await open({ operation: 'insert', object: 'Contact', contentType: 'JSON' });
    for (const unreadable of ['{', '{}'])
      expect((await ask('POST', `${JOB}/${id}/batch`, unreadable)).body).toMatchObject({
        exceptionCode: 'InvalidBatch',
      });
    const { call } = await stage();
    const denied = await call(null, JOB, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(denied).toMatchObject({
      status: 400,
      body: { exceptionCode: 'InvalidSessionId', exceptionMessage: 'Invalid session id' },
    });
  });
});

describe('in XML', () => {
  test('a query, its list of results, and the records in CSV', async () => {
    const { ask } = await jobs();
    const info =
      '<jobInfo><operation>query</operation><object>Account</object><contentType>CSV</contentType></jobInfo>';
    const job = await ask('POST', JOB, info, XML);
    expect(job.headers.get('content-type')).toBe('application/xml');
    const id = /<id>(\w+)</.exec(job.text)![1]!;
    expect((await ask('GET', `${JOB}/${id}/batch`)).text).toMatch(/<batchInfoList xmlns="[^"]*"><\/batchInfoList>$/);
    const batch = await ask('POST', `${JOB}/${id}/batch`, 'SELECT Name, Owner.Name FROM Account', {
      'content-type': 'text/csv',
    });
    const batchId = /<id>(\w+)</.exec(batch.text)![1]!;
    expect((await ask('GET', `${JOB}/${id}/batch`)).text).toContain(`<batchInfo><id>${batchId}</id>`);
    const results = `${JOB}/${id}/batch/${batchId}/result`;
    const resultId = /<result-list[^>]*><result>(\w+)</.exec((await ask('GET', results)).text)![1]!;
    expect((await ask('GET', `${results}/${resultId}`)).text).toBe(
      '"Name","Owner.Name"\n"Account of the mock","Mock U2"\n',
    );
    expect((await ask('GET', `${results}/x`)).text).toContain('InvalidBatch');
  });
});
