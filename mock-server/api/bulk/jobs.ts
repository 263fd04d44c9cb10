/** Jobs of both Bulk APIs, in memory, bounded. A batch is processed when it arrives. */
import { randomBytes } from 'node:crypto';
import { longId, recordId } from '../../salesforce/ids.ts';
import { complaint } from '../data/fixtures.ts';
import { readCsv } from '../data/csv.ts';
import type { Records } from '../data/records.ts';

export interface Job {
  readonly id: string;
  readonly object: string;
  readonly operation: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly state: 'Open' | 'UploadComplete' | 'JobComplete' | 'Aborted' | 'Closed';
  /** In the order they came. */
  readonly batches: readonly Batch[];
  /** Of a query job. */
  readonly query?: string;
}

export interface Batch {
  readonly id: string;
  readonly results: readonly Result[];
}

interface Result {
  readonly id: string;
  readonly success: boolean;
  readonly created: boolean;
  readonly error: string;
}

/** All jobs of one mock. The oldest are forgotten first. */
export interface Jobs {
  get(id: string): Job | undefined;
  /** Oldest first. */
  all(): readonly Job[];
  add(job: Pick<Job, 'object' | 'operation' | 'createdBy' | 'query'>): Job;
  /** Returns the changed job. */
  setState(job: Job, state: Job['state']): Job;
  /** Processes the lines of a CSV. `closed`: the job accepts no more batches; `too-many`: more lines than a batch may have. */
  addBatch(job: Job, csv: string): Batch | 'closed' | 'too-many';
  remove(id: string): void;
}

export interface JobParts {
  readonly records: Records;
  /** Milliseconds of the epoch. */
  readonly clock: () => number;
}

const MOST_JOBS = 100;
const MOST_BATCHES = 100;
/** Lines of one batch, as on the platform. */
const MOST_LINES = 10_000;
/** Results of all jobs together. */
const MOST_RESULTS = 100_000;

const newId = (prefix: string) => longId(recordId(prefix, randomBytes(16).toString('hex')));
const countOf = ({ batches }: Pick<Job, 'batches'>) => batches.reduce((sum, { results }) => sum + results.length, 0);

/** Returns an empty list of jobs that work on `records`. */
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
    addBatch(job, csv) {
      if (job.state !== 'Open' || job.batches.length >= MOST_BATCHES) return 'closed';
      const [header = [], ...lines] = readCsv(csv);
      if (lines.length > MOST_LINES) return 'too-many';
      const batch = { id: newId('751'), results: work(records, job, header, lines) };
      const known = jobs.get(job.id);
      if (known !== undefined) put({ ...known, batches: [...known.batches, batch] });
      return batch;
    },
    remove: drop,
  };
}

/** Writes rows into the org. */
function work(
  records: Records,
  { object, operation }: Job,
  header: readonly string[],
  lines: readonly (readonly string[])[],
): readonly Result[] {
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
