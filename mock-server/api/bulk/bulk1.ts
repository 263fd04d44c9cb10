/** The first Bulk API, `/services/async/…`: XML (or JSON for jobs), and HTTP 400 for an expired session (facts, section 6). */
import { mediaType } from '../../recorder/parsed-request.ts';
import { content, json, type Reply } from '../../reply.ts';
import type { Resource, ResourceRequest } from '../resource.ts';
import type { Session } from '../session.ts';
import { elementOf, escapeXml } from '../xml.ts';
import type { Batch, Job } from './jobs.ts';

const XML = 'application/xml;charset=UTF-8';
const NAMESPACE = 'xmlns="http://www.force.com/2009/06/asyncapi/dataload"';

const bulkError = (code: string, message: string): Reply =>
  content(
    400,
    XML,
    `<?xml version="1.0" encoding="UTF-8"?><error ${NAMESPACE}><exceptionCode>${code}</exceptionCode><exceptionMessage>${escapeXml(message)}</exceptionMessage></error>`,
  );

/** Returns fields as an XML element, or as JSON when the request was JSON. */
function shown(
  { exchange }: ResourceRequest,
  name: string,
  fields: Readonly<Record<string, string>>,
  status = 200,
): Reply {
  if (exchange.rawBody.length > 0 && mediaType(exchange) === 'application/json') return json(status, fields);
  const inner = Object.entries(fields).map(([key, value]) => `<${key}>${escapeXml(value)}</${key}>`);
  const xml = `<?xml version="1.0" encoding="UTF-8"?><${name} ${NAMESPACE}>${inner.join('')}</${name}>`;
  return content(status, XML, xml);
}

const jobInfo = (job: Job) => ({
  id: job.id,
  operation: job.operation,
  object: job.object,
  createdById: job.createdBy,
  createdDate: new Date(job.createdAt).toISOString(),
  state: job.state === 'JobComplete' ? 'Closed' : job.state,
  contentType: 'CSV',
  numberBatchesTotal: String(job.batches.length),
});

const batchInfo = (job: Job, batch: Batch) => ({
  id: batch.id,
  jobId: job.id,
  state: 'Completed',
  numberRecordsProcessed: String(batch.results.length),
  numberRecordsFailed: String(batch.results.filter(({ success }) => !success).length),
});

function serve(session: Session, request: ResourceRequest): Reply {
  const { exchange } = request;
  const { method } = exchange;
  const { jobs } = request.context;
  const [, , , , what, id, more, batchId, result] = exchange.path.replace(/\/$/, '').split('/');
  const text = exchange.rawBody.toString('utf8');
  const field = (name: string) => elementOf(text, name) ?? jsonField(text, name);
  if (what !== 'job') return bulkError('InvalidUrl', 'there is no such resource');
  if (id === undefined) {
    const [object, operation] = [field('object') ?? '', field('operation') ?? ''];
    if (
      method !== 'POST' ||
      !/^\w{1,80}$/.test(object) ||
      !/^(insert|update|upsert|delete|hardDelete)$/.test(operation)
    )
      return bulkError('InvalidJob', 'object or operation is not one that there is');
    return shown(request, 'jobInfo', jobInfo(jobs.add({ object, operation, createdBy: session.user.id })), 201);
  }
  const job = jobs.get(id);
  if (job === undefined) return bulkError('InvalidJob', 'there is no such job');
  if (more === undefined) {
    const state = method === 'POST' ? field('state') : undefined;
    const changed = state === 'Closed' || state === 'Aborted' ? jobs.setState(job, state) : job;
    return shown(request, 'jobInfo', jobInfo(changed));
  }
  if (more !== 'batch') return bulkError('InvalidUrl', 'there is no such resource');
  if (batchId === undefined) {
    if (method !== 'POST') return bulkError('InvalidUrl', 'the mock lists no batches');
    const batch = jobs.addBatch(job, text);
    if (batch === 'closed') return bulkError('InvalidJobState', 'the job takes no more batches');
    if (batch === 'too-many') return bulkError('InvalidBatch', 'a batch has 10,000 records at the most');
    return shown(request, 'batchInfo', batchInfo(job, batch), 201);
  }
  const batch = job.batches.find((one) => one.id === batchId);
  if (batch === undefined) return bulkError('InvalidBatch', 'there is no such batch');
  if (result === undefined) return shown(request, 'batchInfo', batchInfo(job, batch));
  const lines = batch.results.map((one) =>
    [one.id, one.success, one.created, one.error].map((cell) => `"${String(cell)}"`),
  );
  return content(
    200,
    'text/csv; charset=utf-8',
    [['"Id"', '"Success"', '"Created"', '"Error"'], ...lines].map((line) => `${line.join(',')}\n`).join(''),
  );
}

function jsonField(text: string, name: string): string | undefined {
  try {
    const value = (JSON.parse(text) as Readonly<Record<string, unknown>> | null)?.[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The resource `/services/async/…`. */
export const bulk: Resource = { deny: () => bulkError('InvalidSessionId', 'Invalid session id'), serve };
