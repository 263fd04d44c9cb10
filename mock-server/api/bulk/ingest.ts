/** Serves Bulk API 2.0, `jobs/ingest`. An expired session gets the REST API's 401. */
import { content, empty, json, text, type Reply } from '../../reply.ts';
import { writeCsv } from '../data/csv.ts';
import { failure, jsonOf, notFound, notJson, type ApiCall, type Serve } from '../rest/api-call.ts';
import { recordsOfCsv, type Job } from './jobs.ts';

const OPERATIONS: ReadonlySet<unknown> = new Set(['insert', 'update', 'upsert', 'delete', 'hardDelete']);
const CSV = 'text/csv;charset=UTF-8';

/** Returns a job in the form of both kinds of Bulk 2.0. */
export const jobInfo = (job: Job, { base }: ApiCall, kind: 'ingest' | 'query') => ({
  id: job.id,
  operation: job.operation,
  object: job.object,
  createdById: job.createdBy,
  createdDate: new Date(job.createdAt).toISOString().replace('Z', '+0000'),
  state: job.state,
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: Number(/(\d+)\.0$/.exec(base)?.[1] ?? 67),
  lineEnding: 'LF',
  columnDelimiter: 'COMMA',
  ...(kind === 'ingest' && {
    contentUrl: `${base.slice(1)}/jobs/ingest/${job.id}/batches`,
    numberRecordsProcessed: results(job).length,
    numberRecordsFailed: results(job).filter(({ success }) => !success).length,
  }),
});

const results = ({ batches }: Job) => batches.flatMap((batch) => batch.results);

/** Answers `jobs/ingest`. */
export const ingest: Serve = (call) => {
  const { method, path } = call;
  const { jobs } = call.context;
  const [, , id, what] = path;
  if (id === undefined || id === '') return method === 'POST' ? open(call) : list(call);
  const job = jobs.get(id);
  if (job === undefined) return notFound();
  if (what === undefined) return one(call, job);
  if (what === 'batches' && method === 'PUT') {
    const batch = jobs.addBatch(job, recordsOfCsv(call.body.toString('utf8')));
    if (batch === 'closed') return failure(400, 'INVALIDJOBSTATE', 'The job takes no more data');
    return batch === 'too-many'
      ? failure(400, 'CLIENTINPUTERROR', 'The mock takes 10,000 records at once')
      : text(201, 'Created');
  }
  return method === 'GET' ? resultsOf(job, what) : undefined;
};

function open(call: ApiCall): Reply {
  const given = jsonOf(call.body);
  if (given === undefined) return notJson();
  const { object, operation } = given;
  if (
    typeof object !== 'string' ||
    !/^\w{1,80}$/.test(object) ||
    typeof operation !== 'string' ||
    !OPERATIONS.has(operation)
  )
    return failure(400, 'INVALIDJOB', 'object or operation is not one that there is');
  const job = call.context.jobs.add({ object, operation, createdBy: call.session.user.id });
  return json(200, jobInfo(job, call, 'ingest'));
}

const list = (call: ApiCall): Reply =>
  json(200, {
    done: true,
    nextRecordsUrl: null,
    records: call.context.jobs
      .all()
      .filter(({ query }) => query === undefined)
      .map((job) => jobInfo(job, call, 'ingest')),
  });

function one(call: ApiCall, job: Job): Reply | undefined {
  switch (call.method) {
    case 'GET':
      return json(200, jobInfo(job, call, 'ingest'));
    case 'DELETE':
      call.context.jobs.remove(job.id);
      return empty(204);
    case 'PATCH': {
      const state = jsonOf(call.body)?.['state'];
      if (job.state !== 'Open' || (state !== 'UploadComplete' && state !== 'Aborted'))
        return failure(400, 'INVALIDJOBSTATE', 'The job cannot change to that state');
      const answer = { ...jobInfo(job, call, 'ingest'), state };
      call.context.jobs.setState(job, state === 'Aborted' ? state : 'JobComplete');
      return json(200, answer);
    }
    default:
      return undefined;
  }
}

function resultsOf(job: Job, what: string): Reply | undefined {
  const wanted = { successfulResults: true, failedResults: false }[what];
  if (what === 'unprocessedrecords') return content(200, CSV, '');
  if (wanted === undefined) return undefined;
  const rows = results(job).filter(({ success }) => success === wanted);
  const lines = rows.map(({ id, created, error }) => (wanted ? [id, String(created)] : [id, error]));
  return content(200, CSV, writeCsv([wanted ? ['sf__Id', 'sf__Created'] : ['sf__Id', 'sf__Error'], ...lines]));
}
