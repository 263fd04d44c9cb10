/** Formats jobs, batches and errors of the first Bulk API, in XML or JSON. */
import { content, json, type Reply } from '../../reply.ts';
import { escapeXml } from '../xml.ts';
import type { Batch, Job } from './jobs.ts';

/** Format of an answer of the first Bulk API. */
export type Format = 'xml' | 'json';

/** The media type of answers in XML. */
export const XML = 'application/xml';
const NAMESPACE = 'xmlns="http://www.force.com/2009/06/asyncapi/dataload"';

type Fields = Readonly<Record<string, string | number | null>>;

const elements = (fields: Fields): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `<${key}>${escapeXml(String(value))}</${key}>`)
    .join('');

/** Returns an XML document of this API. */
export const document = (name: string, inner: string, status = 200): Reply =>
  content(status, XML, `<?xml version="1.0" encoding="UTF-8"?><${name} ${NAMESPACE}>${inner}</${name}>`);

/** Returns JSON with the content type of this API, which has no charset (cassettes of CumulusCI). */
export const asJson = (status: number, body: object): Reply =>
  json(status, body, { 'Content-Type': 'application/json' });

const shown = (name: string, fields: Fields, format: Format, status = 200): Reply =>
  format === 'json' ? asJson(status, fields) : document(name, elements(fields), status);

/** Returns an error. */
export const errorInfo = (code: string, message: string, format: Format): Reply =>
  shown('error', { exceptionCode: code, exceptionMessage: message }, format, 400);

/** Processing times; the mock takes none. */
const TIMES = { totalProcessingTime: 0, apiActiveProcessingTime: 0, apexProcessingTime: 0 };

/** Formats an instant for each format. */
const stamp = (at: number, format: Format) =>
  format === 'json' ? new Date(at).toISOString().replace('Z', '+0000') : new Date(at).toISOString();

const processed = (batches: readonly Batch[]) => {
  const results = batches.flatMap((batch) => batch.results);
  return {
    numberRecordsProcessed: results.length,
    numberRecordsFailed: results.filter(({ success }) => !success).length,
  };
};

/** Returns a job with the fields of a captured one, in its order. */
export function jobInfo(job: Job, format: Format, status = 200): Reply {
  const { numberRecordsProcessed, numberRecordsFailed } = processed(job.batches);
  const fields = {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdBy,
    createdDate: stamp(job.createdAt, format),
    systemModstamp: stamp(job.createdAt, format),
    state: job.state === 'JobComplete' ? 'Closed' : job.state,
    concurrencyMode: 'Parallel',
    contentType: job.contentType ?? 'CSV',
    ...{ numberBatchesQueued: 0, numberBatchesInProgress: 0 },
    numberBatchesCompleted: job.batches.length,
    numberBatchesFailed: 0,
    numberBatchesTotal: job.batches.length,
    numberRecordsProcessed,
    numberRetries: 0,
    apiVersion: format === 'json' ? 67 : '67.0',
    numberRecordsFailed,
    ...TIMES,
  };
  return shown('jobInfo', fields, format, status);
}

const batchFields = (job: Job, batch: Batch, format: Format) => ({
  id: batch.id,
  jobId: job.id,
  state: 'Completed',
  stateMessage: null,
  createdDate: stamp(job.createdAt, format),
  systemModstamp: stamp(job.createdAt, format),
  ...processed([batch]),
  ...TIMES,
});

/** Returns a batch. */
export const batchInfo = (job: Job, batch: Batch, format: Format, status = 200): Reply =>
  shown('batchInfo', batchFields(job, batch, format), format, status);

/** Returns all batches of a job. */
export function batchList(job: Job, format: Format): Reply {
  const batches = job.batches.map((batch) => batchFields(job, batch, format));
  if (format === 'json') return asJson(200, { batchInfo: batches });
  return document('batchInfoList', batches.map((fields) => `<batchInfo>${elements(fields)}</batchInfo>`).join(''));
}
