/** Keeps the jobs of both Bulk APIs in memory, with a limit. A batch is processed when it arrives. */
import { randomBytes } from 'node:crypto';
import { longId, recordId } from '../../salesforce/ids.ts';
import { complaint, type Fields } from '../data/fixtures.ts';
import { readCsv } from '../data/csv.ts';
import type { Records } from '../data/records.ts';

/** A job of a Bulk API. */
export interface Job {
  readonly id: string;
  readonly object: string;
  readonly operation: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly state: 'Open' | 'UploadComplete' | 'JobComplete' | 'Aborted' | 'Closed';
  /** Format of data and results of a job of the first Bulk API. Default: CSV. */
  readonly contentType?: 'CSV' | 'JSON' | 'XML' | undefined;
  /** Batches in order of arrival. */
  readonly batches: readonly Batch[];
  /** SOQL of a query job. */
  readonly query?: string;
}

/** A batch of a job, with its results. */
export interface Batch {
  readonly id: string;
  readonly results: readonly Result[];
  /** SOQL of a batch of a query job. */
  readonly query?: string;
}

/** The result of one record of a batch. */
export interface Result {
  readonly id: string;
  readonly success: boolean;
  readonly created: boolean;
  readonly error: string;
}

/** All jobs of one mock; the oldest are dropped first. */
export interface Jobs {
  get(id: string): Job | undefined;
  /** Oldest first. */
  all(): readonly Job[];
  add(job: Pick<Job, 'object' | 'operation' | 'createdBy' | 'query' | 'contentType'>): Job;
  /** Returns the changed job. */
  setState(job: Job, state: Job['state']): Job;
  /** Writes records to the org. `closed`: the job accepts no more batches; `too-many`: more records than a batch may have. */
  addBatch(job: Job, records: readonly unknown[]): Batch | 'closed' | 'too-many';
  /** Stores a query, which is run when its results are read. */
  addQuery(job: Job, soql: string): Batch | 'closed';
  remove(id: string): void;
}

/** What jobs work on. */
export interface JobParts {
  readonly records: Records;
  /** Returns milliseconds of the epoch. */
  readonly clock: () => number;
}

const MOST_JOBS = 100;
const MOST_BATCHES = 100;
/** Most records of one batch, as on Salesforce. */
const MOST_LINES = 10_000;
/** Most results of all jobs together. */
const MOST_RESULTS = 100_000;

const newId = (prefix: string) => longId(recordId(prefix, randomBytes(16).toString('hex')));
const countOf = ({ batches }: Pick<Job, 'batches'>) => batches.reduce((sum, { results }) => sum + results.length, 0);

/** Creates an empty list of jobs that work on `records`. */
export function createJobs({ records, clock }: JobParts): Jobs {
  const jobs = new Map<string, Job>();
  let results = 0;
  const drop = (id: string) => {
    results -= countOf(jobs.get(id) ?? { batches: [] });
    jobs.delete(id);
  };
  const put = (job: Job) => {
    results += countOf(job) - countOf(jobs.get(job.id) ?? { batches: [] });
    jobs.set(job.id, job);
    for (const id of jobs.keys()) {
      if (id === job.id || (jobs.size <= MOST_JOBS && results <= MOST_RESULTS)) return;
      drop(id);
    }
  };
  const takesMore = ({ state, batches }: Job) => state === 'Open' && batches.length < MOST_BATCHES;
  const append = (job: Job, batch: Batch): Batch => {
    const known = jobs.get(job.id);
    if (known !== undefined) put({ ...known, batches: [...known.batches, batch] });
    return batch;
  };
  return {
    get: (id) => jobs.get(id),
    all: () => [...jobs.values()],
    add(job) {
      const made: Job = { ...job, id: newId('750'), createdAt: clock(), state: 'Open', batches: [] };
      put(made);
      return made;
    },
    setState(job, state) {
      const known = jobs.get(job.id);
      if (known !== undefined) put({ ...known, state });
      return { ...job, state };
    },
    addBatch(job, given) {
      if (!takesMore(job)) return 'closed';
      if (given.length > MOST_LINES) return 'too-many';
      return append(job, { id: newId('751'), results: given.map((fields) => work(records, job, fields)) });
    },
    addQuery: (job, query) => (takesMore(job) ? append(job, { id: newId('751'), results: [], query }) : 'closed'),
    remove: drop,
  };
}

/** Reads the records of a CSV: its first line names their fields; an empty cell has no value. */
export function recordsOfCsv(csv: string): readonly Fields[] {
  const [header = [], ...lines] = readCsv(csv);
  return lines.map((line) => Object.fromEntries(header.map((name, at) => [name, line[at] ?? null])));
}

/** Writes one record to the org. */
function work(records: Records, { object, operation }: Job, fields: unknown): Result {
  const type = records.typeOf(object) ?? object;
  const wrong = complaint(fields);
  if (wrong !== undefined)
    return { id: idOf(fields), success: false, created: false, error: `INVALID_FIELD:The record ${wrong}` };
  const id = idOf(fields);
  if (operation === 'insert' || (operation === 'upsert' && id === '')) {
    const row = records.create(type, fields as Fields);
    const error = row === undefined ? 'STORAGE_LIMIT_EXCEEDED:storage limit exceeded' : '';
    return { id: row?.Id ?? '', success: row !== undefined, created: row !== undefined, error };
  }
  const done = operation.toLowerCase().includes('delete')
    ? records.remove(type, id)
    : records.update(type, id, fields as Fields);
  return { id, success: done, created: false, error: done ? '' : 'ENTITY_IS_DELETED:entity is deleted' };
}

function idOf(fields: unknown): string {
  const id = (fields as Fields | null)?.['Id'];
  return typeof id === 'string' ? id : '';
}
