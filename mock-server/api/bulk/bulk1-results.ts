/** Provides the results of batches of the first Bulk API: one for each record, or the records of a query. */
import { content, type Reply } from '../../reply.ts';
import { linesOf, writeCsv } from '../data/csv.ts';
import { runQuery, type QueryParts } from '../rest/run-query.ts';
import { escapeXml } from '../xml.ts';
import { asJson, document, errorInfo, type Format } from './bulk1-format.ts';
import type { Batch, Job } from './jobs.ts';

const CSV = 'text/csv';

/** Returns the id of the only result of a query. */
const resultIdOf = ({ id }: Batch) => `752${id.slice(3, 15)}`;

/** Answers `batch/<id>/result`: the result of each record, or the list of a query's results. */
export function resultsOf(job: Job, batch: Batch, format: Format): Reply {
  if (batch.query !== undefined) {
    const id = resultIdOf(batch);
    return format === 'json' ? asJson(200, [id]) : document('result-list', `<result>${id}</result>`);
  }
  if (job.contentType === 'JSON')
    return asJson(
      200,
      batch.results.map(({ id, success, created, error }) => ({
        success,
        created,
        id: id === '' ? null : id,
        errors: success ? [] : [errorOf(error)],
      })),
    );
  const lines = batch.results.map(({ id, success, created, error }) => [id, success, created, error]);
  return content(200, CSV, writeCsv([['Id', 'Success', 'Created', 'Error'], ...lines]));
}

function errorOf(text: string) {
  const [statusCode = '', message = ''] = text.split(/:(.*)/s);
  return { message, fields: [], statusCode, extendedErrorDetails: null };
}

/** Answers `batch/<id>/result/<id>`: the records of a query in the format of its job. */
export function resultOf(job: Job, batch: Batch, resultId: string, parts: QueryParts): Reply {
  if (batch.query === undefined || !resultId.startsWith(resultIdOf(batch)))
    return errorInfo('InvalidBatch', 'there is no such result', job.contentType === 'JSON' ? 'json' : 'xml');
  const found = runQuery(batch.query, parts);
  if (found.kind === 'refused')
    return errorInfo('InvalidBatch', `${found.code}: ${found.message}`, job.contentType === 'JSON' ? 'json' : 'xml');
  if (job.contentType === 'JSON') return asJson(200, found.records);
  if (job.contentType !== 'XML') return content(200, CSV, writeCsv(linesOf(found.records)));
  const records = linesOf(found.records);
  const [names = [], ...rows] = records;
  const element = (name: unknown, value: unknown) =>
    `<${String(name)}>${escapeXml(typeof value === 'string' ? value : JSON.stringify(value ?? ''))}</${String(name)}>`;
  const inner = rows.map((row) => `<records>${names.map((name, at) => element(name, row[at])).join('')}</records>`);
  return document('queryResult', inner.join(''));
}
