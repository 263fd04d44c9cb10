/** Bulk API 2.0: `jobs/query`. */
import { content, empty, json, type Reply } from '../../reply.ts';
import { writeCsv } from '../data/csv.ts';
import { failure, jsonOf, notFound, notJson, type ApiCall, type Serve } from '../rest/api-call.ts';
import { runQuery } from '../rest/query.ts';
import { jobInfo } from './ingest.ts';

/** Answers `jobs/query`. */
export const queryJobs: Serve = (call) => {
  const { method, path } = call;
  const { jobs } = call.context;
  const [, , id, what] = path;
  if (id === undefined || id === '') return method === 'POST' ? open(call) : undefined;
  const job = jobs.get(id);
  if (job?.query === undefined) return notFound();
  if (what === 'results' && method === 'GET') return results(call, job.query);
  if (what !== undefined) return undefined;
  if (method === 'DELETE') jobs.remove(id);
  return method === 'DELETE' ? empty(204) : json(200, jobInfo(job, call, 'query'));
};

function open(call: ApiCall): Reply {
  const given = jsonOf(call.body);
  if (given === undefined) return notJson();
  const { operation, query } = given;
  if (
    typeof query !== 'string' ||
    runQuery(query, call) === undefined ||
    (operation !== 'query' && operation !== 'queryAll')
  )
    return failure(400, 'API_ERROR', 'MALFORMED_QUERY: unexpected token');
  const object = /\bFROM\s+(\w{1,80})/i.exec(query)?.[1] ?? '';
  const job = call.context.jobs.add({ object, operation, query, createdBy: call.session.user.id });
  const answer = { ...jobInfo(job, call, 'query'), state: 'UploadComplete' };
  call.context.jobs.setState(job, 'JobComplete');
  return json(200, answer);
}

function results(call: ApiCall, query: string): Reply {
  const records = (runQuery(query, call)?.records ?? []) as readonly Readonly<Record<string, unknown>>[];
  const names = Object.keys(records[0] ?? { Id: '' }).filter((name) => name !== 'attributes');
  return content(
    200,
    'text/csv;charset=UTF-8',
    writeCsv([names, ...records.map((record) => names.map((name) => record[name]))]),
    {
      'Sforce-NumberOfRecords': String(records.length),
      'Sforce-Locator': 'null',
    },
  );
}
