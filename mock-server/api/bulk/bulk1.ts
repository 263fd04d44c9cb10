/** Serves the first Bulk API, `/services/async/…`: jobs and batches in XML or JSON, and HTTP 400 for an expired session. */
import { mediaType } from '../../recorder/parsed-request.ts';
import type { Reply } from '../../reply.ts';
import type { Resource, ResourceRequest } from '../resource.ts';
import type { Session } from '../session.ts';
import { elementOf } from '../xml.ts';
import { batchInfo, batchList, errorInfo, jobInfo, type Format } from './bulk1-format.ts';
import { resultOf, resultsOf } from './bulk1-results.ts';
import { recordsOfCsv, type Batch, type Job } from './jobs.ts';

const OPERATIONS = /^(?:insert|update|upsert|delete|hardDelete|query|queryAll)$/;

/** Returns the format of a request; undefined for CSV data and for requests without a body. */
function formatOf({ exchange }: ResourceRequest): Format | undefined {
  const type = mediaType(exchange);
  if (type === 'application/json') return 'json';
  return type !== null && /^(?:application|text)\/xml$/.test(type) ? 'xml' : undefined;
}

/** Answers a request with a valid session: in the format of the request, else in that of the job's data (cassettes of CumulusCI;
 * simple-salesforce#619). */
function serve(session: Session, request: ResourceRequest): Reply {
  const { exchange, context } = request;
  const { method } = exchange;
  const [, , , , what, id, more, batchId, result, resultId] = exchange.path.replace(/\/{2,}|\/$/g, '/').split('/');
  const named = formatOf(request);
  const error = (code: string, message: string) => errorInfo(code, message, named ?? 'xml');
  if (what !== 'job') return error('InvalidUrl', 'there is no such resource');
  if (id === undefined || id === '') return method === 'POST' ? open(session, request) : error('InvalidJob', 'no job');
  const job = context.jobs.get(id);
  if (job === undefined) return error('InvalidJob', 'there is no such job');
  const format = named ?? (job.contentType === 'JSON' ? 'json' : 'xml');
  if (more === undefined || more === '') return change(job, request, format);
  if (more !== 'batch') return error('InvalidUrl', 'there is no such resource');
  if (batchId === undefined || batchId === '')
    return method === 'POST' ? addBatch(job, request, format) : batchList(job, format);
  const batch = job.batches.find((one) => one.id === batchId);
  if (batch === undefined) return error('InvalidBatch', 'there is no such batch');
  if (result === undefined || result === '') return batchInfo(job, batch, format);
  const parts = { session, context, base: '/services/data/v67.0' };
  return resultId === undefined || resultId === ''
    ? resultsOf(job, batch, format)
    : resultOf(job, batch, resultId, parts);
}

/** Reads a field of the XML or JSON of a request. */
function fieldOf({ exchange }: ResourceRequest, name: string): string {
  const text = exchange.rawBody.toString('utf8');
  return elementOf(text, name) ?? jsonField(text, name) ?? '';
}

function jsonField(text: string, name: string): string | undefined {
  try {
    const value = (JSON.parse(text) as Readonly<Record<string, unknown>> | null)?.[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Opens a job. */
function open(session: Session, request: ResourceRequest): Reply {
  const format = formatOf(request) ?? 'xml';
  const [object, operation] = [fieldOf(request, 'object'), fieldOf(request, 'operation')];
  if (!/^\w{1,80}$/.test(object) || !OPERATIONS.test(operation))
    return errorInfo('InvalidJob', 'object or operation is not one that there is', format);
  const asked = fieldOf(request, 'contentType').toUpperCase();
  const contentType = asked === 'JSON' || asked === 'XML' ? asked : 'CSV';
  const { jobs } = request.context;
  return jobInfo(jobs.add({ object, operation, createdBy: session.user.id, contentType }), format, 201);
}

/** Answers with a job, after the requested change of its state. */
function change(job: Job, request: ResourceRequest, format: Format): Reply {
  const state = request.exchange.method === 'POST' ? fieldOf(request, 'state') : '';
  if (state !== 'Closed' && state !== 'Aborted') return jobInfo(job, format);
  return jobInfo(request.context.jobs.setState(job, state), format);
}

/** Adds a batch: records, or the SOQL of a query job. */
function addBatch(job: Job, request: ResourceRequest, format: Format): Reply {
  const { jobs } = request.context;
  const text = request.exchange.rawBody.toString('utf8');
  const added = job.operation.startsWith('query') ? jobs.addQuery(job, text) : addRecords(job, text, request);
  if (added === 'closed') return errorInfo('InvalidJobState', 'the job takes no more batches', format);
  if (added === 'too-many') return errorInfo('InvalidBatch', 'a batch has 10,000 records at the most', format);
  if (added === 'unreadable') return errorInfo('InvalidBatch', 'the mock reads batches in CSV and JSON', format);
  return batchInfo(job, added, format, 201);
}

function addRecords(
  job: Job,
  text: string,
  { context: { jobs } }: ResourceRequest,
): Batch | 'closed' | 'too-many' | 'unreadable' {
  if (job.contentType === 'XML') return 'unreadable';
  if (job.contentType !== 'JSON') return jobs.addBatch(job, recordsOfCsv(text));
  try {
    const records: unknown = JSON.parse(text);
    return Array.isArray(records) ? jobs.addBatch(job, records) : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Answers `/services/async/…`. */
export const bulk: Resource = {
  deny: (_raw, request) => errorInfo('InvalidSessionId', 'Invalid session id', formatOf(request) ?? 'xml'),
  serve,
};
