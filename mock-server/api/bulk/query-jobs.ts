/** Serves Bulk API 2.0, `jobs/query`. */
import { content, empty, json, type Reply } from '../../reply.ts';
import { linesOf, writeCsv } from '../data/csv.ts';
import { failure, jsonOf, notFound, notJson, type ApiCall, type Serve } from '../rest/api-call.ts';
import { runQuery } from '../rest/run-query.ts';
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
  if (typeof query !== 'string' || (operation !== 'query' && operation !== 'queryAll'))
    return failure(400, 'API_ERROR', 'MALFORMED_QUERY: unexpected token');
  const found = runQuery(query, call);
  if (found.kind === 'refused') return failure(400, 'API_ERROR', `${found.code}: ${found.message}`);
  const job = call.context.jobs.add({ object: found.type, operation, query, createdBy: call.session.user.id });
  const answer = { ...jobInfo(job, call, 'query'), state: 'UploadComplete' };
  call.context.jobs.setState(job, 'JobComplete');
  return json(200, answer);
}

function results(call: ApiCall, query: string): Reply {
  const found = runQuery(query, call);
  const records = found.kind === 'found' ? found.records : [];
  return content(200, 'text/csv;charset=UTF-8', writeCsv(linesOf(records)), {
    'Sforce-NumberOfRecords': String(records.length),
    'Sforce-Locator': 'null',
  });
}
