/** Jobs of both Bulk APIs, in memory, bounded. What a job does is done when its data is complete. */
import { randomBytes } from 'node:crypto';
import { longId, recordId } from '../../dialect/ids.ts';
import type { Parts } from '../../parts.ts';
import { complaint } from '../data/fixtures.ts';
import { readCsv } from '../data/csv.ts';

export interface Job {
  readonly id: string;
  readonly object: string;
  readonly operation: string;
  readonly createdAt: number;
  readonly createdBy: string;
  state: 'Open' | 'UploadComplete' | 'JobComplete' | 'Aborted' | 'Closed';
  /** CSV of each batch, in the order they came. */
  readonly batches: { readonly id: string; readonly csv: string; readonly results: readonly Result[] }[];
  /** Of a query job. */
  readonly query?: string;
}

export interface Result {
  readonly id: string;
  readonly success: boolean;
  readonly created: boolean;
  readonly error: string;
}

const MOST_JOBS = 100;
const MOST_BATCHES = 100;
const jobsOf = new WeakMap<Parts['records'], Map<string, Job>>();

const newId = (prefix: string) => longId(recordId(prefix, randomBytes(16).toString('hex')));

/** All jobs of one mock, newest last. The oldest are forgotten first. */
export function jobs({ records }: Parts): Map<string, Job> {
  const known = jobsOf.get(records) ?? new Map<string, Job>();
  jobsOf.set(records, known);
  return known;
}

export function addJob(parts: Parts, job: Pick<Job, 'object' | 'operation' | 'createdBy' | 'query'>): Job {
  const all = jobs(parts);
  const made: Job = { ...job, id: newId('750'), createdAt: parts.clock(), state: 'Open', batches: [] };
  all.set(made.id, made);
  if (all.size > MOST_JOBS) for (const [oldest] of all.entries().take(1)) all.delete(oldest);
  return made;
}

/** Undefined when the job takes no more. */
export function addBatch(parts: Parts, job: Job, csv: string) {
  if (job.state !== 'Open' || job.batches.length >= MOST_BATCHES) return undefined;
  const batch = { id: newId('751'), csv, results: work(parts, job, csv) };
  job.batches.push(batch);
  return batch;
}

/** Writes the rows of a CSV into the org. */
function work({ records }: Parts, { object, operation }: Job, csv: string): readonly Result[] {
  const [header = [], ...lines] = readCsv(csv);
  const type = records.typeOf(object) ?? object;
  return lines.map((line) => {
    const fields = Object.fromEntries(header.map((name, at) => [name, line[at] ?? null]));
    const id = typeof fields['Id'] === 'string' ? fields['Id'] : '';
    const wrong = complaint(fields);
    if (wrong !== undefined) return { id, success: false, created: false, error: `INVALID_FIELD:The record ${wrong}` };
    if (operation === 'insert' || (operation === 'upsert' && id === '')) {
      const row = records.create(type, fields);
      const error = row === undefined ? 'STORAGE_LIMIT_EXCEEDED:storage limit exceeded' : '';
      return { id: row?.Id ?? '', success: row !== undefined, created: row !== undefined, error };
    }
    const done = operation.toLowerCase().includes('delete')
      ? records.remove(type, id)
      : records.update(type, id, fields);
    return { id, success: done, created: false, error: done ? '' : 'ENTITY_IS_DELETED:entity is deleted' };
  });
}
