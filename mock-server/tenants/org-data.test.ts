import { describe, expect, test } from 'vitest';
import { HAS_REDIS } from '../store/fixtures/redis.ts';
import { inTurn } from './fixtures/in-turn.ts';
import { ask, login, type Answer, type Place } from './fixtures/partner.ts';

const BASE = '/services/data/v67.0';

const rest = (place: Place, access: string) => (method: string, path: string, body?: object | string) => {
  const type = typeof body === 'string' ? 'text/csv' : 'application/json';
  const headers = { authorization: `Bearer ${access}`, 'content-type': type };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return ask(place, `${place.instance}${path}`, { method, headers, ...(body !== undefined && { body: text }) });
};
const deep = ({ text }: Answer) =>
  JSON.parse(text) as {
    readonly records: readonly { readonly Id: string; readonly Name: string }[];
    readonly nextRecordsUrl?: string;
    readonly totalSize: number;
    readonly done: boolean;
  };

/** An Account each, by one job of the Bulk API. */
async function filled(names: readonly string[]) {
  const turn = await inTurn();
  const { access_token: access = '' } = await login(turn.place);
  const api = rest(turn.place, access);
  const { id = '' } = (await api('POST', `${BASE}/jobs/ingest`, { object: 'Account', operation: 'insert' })).body;
  const csv = `Name\n${names.join('\n')}\n`;
  expect((await api('PUT', `${BASE}/jobs/ingest/${id}/batches`, csv)).status).toBe(201);
  return { turn, access, api, job: `${BASE}/jobs/ingest/${id}` };
}

describe.runIf(HAS_REDIS)('what came from a tenant’s org is the same on the instance that takes it over', () => {
  test('further pages of a query are those of the moment when it was asked', async () => {
    const names = Array.from({ length: 450 }, (_, at) => `Account ${String(at)}`);
    const { turn, access, api } = await filled(names);
    const asked = await ask(turn.place, `${turn.place.instance}${BASE}/query?q=SELECT+Id,Name+FROM+Account`, {
      headers: { authorization: `Bearer ${access}`, 'sforce-query-options': 'batchSize=200' },
    });
    const first = deep(asked);
    expect([first.records.length, first.totalSize, first.done]).toEqual([200, 451, false]);
    // What is written later is not in its pages.
    await api('PATCH', `${BASE}/sobjects/Account/${first.records[0]?.Id ?? ''}`, { Name: 'Changed' });
    await api('POST', `${BASE}/sobjects/Account`, { Name: 'Later' });

    const before = deep(await api('GET', first.nextRecordsUrl ?? ''));
    const second = await turn.next();
    const again = rest(second.place, access);
    const after = deep(await again('GET', first.nextRecordsUrl ?? ''));
    expect(after).toEqual(before);
    const last = deep(await again('GET', after.nextRecordsUrl ?? ''));
    expect([last.records.length, last.done]).toEqual([51, true]);
    const all = [...first.records, ...after.records, ...last.records].map(({ Name }) => Name);
    expect(all).toEqual(['Account of the mock', ...names]);
    // A locator that is given now is none that was given before.
    const fresh = await ask(second.place, `${second.place.instance}${BASE}/query?q=SELECT+Name+FROM+Account`, {
      headers: { authorization: `Bearer ${access}`, 'sforce-query-options': 'batchSize=200' },
    });
    expect(deep(fresh).nextRecordsUrl?.slice(0, -8)).not.toBe(first.nextRecordsUrl?.slice(0, -8));
    expect((await again('GET', `${BASE}/query/01gD0000000000000-200-200`)).status).toBe(400);
  });

  test('records that nobody wrote keep their dates', async () => {
    const turn = await inTurn();
    const { access_token: access = '' } = await login(turn.place);
    const query = `${BASE}/query?q=SELECT+Id,CreatedDate,LastModifiedDate+FROM+Account`;
    const before = await rest(turn.place, access)('GET', query);
    await turn.order('/advance', { ms: 60_000 });
    const second = await turn.next();
    expect((await rest(second.place, access)('GET', query)).text).toBe(before.text);
  });

  test('jobs of the Bulk API: open ones take more, results can be fetched, removed ones stay away', async () => {
    const { turn, access, api, job } = await filled(['One', 'Two']);
    const open = async (body: object) => (await api('POST', `${BASE}/jobs/ingest`, body)).body['id'] ?? '';
    const removed = await open({ object: 'Contact', operation: 'insert' });
    expect((await api('DELETE', `${BASE}/jobs/ingest/${removed}`)).status).toBe(204);
    const aborted = await open({ object: 'Contact', operation: 'delete' });
    expect((await api('PATCH', `${BASE}/jobs/ingest/${aborted}`, { state: 'Aborted' })).status).toBe(200);
    const query = { operation: 'query', query: "SELECT Name FROM Account WHERE Name = 'Two'" };
    const asked = (await api('POST', `${BASE}/jobs/query`, query)).body['id'] ?? '';
    const told = await api('GET', job);

    const second = await turn.next();
    const again = rest(second.place, access);
    expect((await again('GET', job)).text).toBe(told.text);
    expect((await again('PUT', `${job}/batches`, 'Name\nThree\n')).status).toBe(201);
    expect((await again('PUT', `${job}/batches`, 'Name,Id\nFour,x\n')).status).toBe(201);
    expect((await again('PATCH', job, { state: 'UploadComplete' })).status).toBe(200);
    expect((await again('GET', `${BASE}/jobs/ingest/${removed}`)).status).toBe(404);
    expect((await again('GET', `${BASE}/jobs/ingest/${aborted}`)).body).toMatchObject({ state: 'Aborted' });
    expect((await again('GET', `${BASE}/jobs/query/${asked}/results`)).text).toBe('"Name"\n"Two"\n');

    const third = await second.next();
    const last = rest(third.place, access);
    expect((await last('GET', job)).body).toMatchObject({
      ...{ state: 'JobComplete', numberRecordsProcessed: 4, numberRecordsFailed: 1 },
    });
    const good = (await last('GET', `${job}/successfulResults`)).text.trim().split('\n');
    expect(good).toHaveLength(4);
    expect((await last('GET', `${job}/failedResults`)).text).toContain('INVALID_FIELD');
    const names = deep(await last('GET', `${BASE}/query?q=SELECT+Name+FROM+Account`)).records.map(({ Name }) => Name);
    expect(names).toEqual(['Account of the mock', 'One', 'Two', 'Three']);
  });

  test('jobs of the first Bulk API', async () => {
    const turn = await inTurn();
    const { access_token: access = '' } = await login(turn.place);
    const async = (place: Place, path: string, body?: string, type = 'application/json') =>
      ask(place, `${place.instance}/services/async/60.0/job${path}`, {
        ...{ method: body === undefined ? 'GET' : 'POST', headers: { 'x-sfdc-session': access, 'content-type': type } },
        ...(body !== undefined && { body }),
      });
    const made = await async(turn.place, '', JSON.stringify({ object: 'Account', operation: 'insert' }));
    const { id = '' } = made.body;
    const batch = await async(turn.place, `/${id}/batch`, 'Name\nOne\n', 'text/csv');
    const batchId = /<id>(\w+)<\/id>/u.exec(batch.text)?.[1] ?? '';
    const result = await async(turn.place, `/${id}/batch/${batchId}/result`);
    expect(result.text.split('\n')).toHaveLength(3);
    const second = await turn.next();
    expect((await async(second.place, `/${id}/batch/${batchId}/result`)).text).toBe(result.text);
    expect((await async(second.place, `/${id}`, JSON.stringify({ state: 'Closed' }))).text).toContain('Closed');
    const third = await second.next();
    expect((await async(third.place, `/${id}`)).text).toContain('<state>Closed</state>');
  });
});
