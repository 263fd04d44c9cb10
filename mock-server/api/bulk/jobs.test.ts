import { expect, test } from 'vitest';
import { createOrg } from '../../salesforce/org.ts';
import { createRecords } from '../data/records.ts';
import { createJobs, recordsOfCsv } from './jobs.ts';

const open = () => {
  const clock = () => 0;
  const records = createRecords({ org: createOrg('o'), fixtures: new Map(), clock });
  return createJobs({ records, clock });
};
const deletion = { object: 'Account', operation: 'delete', createdBy: 'x' };
const lines = (count: number) => recordsOfCsv(`Id\n${'x\n'.repeat(count)}`);

test('a batch has 10,000 lines at the most; what is too long is not worked at', () => {
  const jobs = open();
  const job = jobs.add(deletion);
  expect(jobs.addBatch(job, lines(10_001))).toBe('too-many');
  expect(jobs.get(job.id)?.batches).toEqual([]);
  expect(jobs.addBatch(job, lines(10_000))).toMatchObject({ results: { length: 10_000 } });
});

test('what jobs found is kept for 100,000 lines in all, of the newest 100 jobs', () => {
  const jobs = open();
  const made = Array.from({ length: 12 }, () => jobs.add(deletion));
  for (const job of made) jobs.addBatch(job, lines(10_000));
  expect(jobs.all().map(({ id }) => id)).toEqual(made.slice(2).map(({ id }) => id));
  // A removed job makes room again.
  jobs.remove(made[3]?.id ?? '');
  jobs.addBatch(jobs.add(deletion), lines(10_000));
  expect(jobs.get(made[2]?.id ?? '')).toBeDefined();
  for (let count = 0; count < 120; count += 1) jobs.add(deletion);
  expect(jobs.all()).toHaveLength(100);
  expect(jobs.all().every(({ batches }) => batches.length === 0)).toBe(true);
});

test('one job that fills all there is stays, and takes no more than 100 batches', () => {
  const jobs = open();
  const job = jobs.add(deletion);
  for (let count = 0; count < 100; count += 1)
    expect(jobs.addBatch(jobs.get(job.id) ?? job, lines(1))).toHaveProperty('id');
  expect(jobs.addBatch(jobs.get(job.id) ?? job, lines(1))).toBe('closed');
  expect(jobs.addBatch(jobs.setState(job, 'Aborted'), lines(1))).toBe('closed');
});
