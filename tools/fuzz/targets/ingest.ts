/** CSV that fills a job: opened, filled, closed and read back at one mock, as one client does. */
import { createOrg } from '../../../mock-server/salesforce/org.ts';
import { createJobs, recordsOfCsv } from '../../../mock-server/api/bulk/jobs.ts';
import { readCsv, writeCsv } from '../../../mock-server/api/data/csv.ts';
import { createRecords } from '../../../mock-server/api/data/records.ts';
import fc from 'fast-check';
import { mutated } from '../hostile.ts';
import { must, target } from '../target.ts';

const CSV = 'Id,Name,Industry\n"","A ""quoted"" one",x\n001000000000001AAA,B,\r\n';
const WORDS = ['"', '""', ',', '\r\n', '\n', 'Id', '__proto__', 'constructor', 'attributes', ','.repeat(600)];

export const ingest = target<{ readonly object: string; readonly operation: string; readonly csv: string }>({
  name: 'csv',
  input: fc.record({
    object: fc.constantFrom('Account', 'constructor', 'toString', 'New__c', 'User'),
    operation: fc.constantFrom('insert', 'update', 'upsert', 'delete', 'hardDelete'),
    csv: mutated(CSV, WORDS, 20_000),
  }),
  async open() {
    return {
      async check({ object, operation, csv }) {
        const org = createOrg('fuzz');
        const clock = () => 0;
        const records = createRecords({ org, fixtures: new Map(), clock });
        const jobs = createJobs({ records, clock });
        const batch = jobs.addBatch(jobs.add({ object, operation, createdBy: 'x' }), recordsOfCsv(csv));
        const lines = readCsv(csv);
        must(batch !== 'closed', 'An open job takes no batch.');
        must((batch === 'too-many') === lines.length > 10_001, 'A batch is too large, or is not.');
        if (batch === 'too-many') return;
        must(batch.results.length === Math.max(0, lines.length - 1), 'Some line has no result.');
        const again = readCsv(writeCsv(lines));
        must(JSON.stringify(again) === JSON.stringify(lines), 'What was written is not what was read.');
        for (const row of records.rows(object, org.user('U1')))
          must(
            typeof row.Id === 'string' && /^\w{18}$/u.test(row.Id),
            `A record has the id ${JSON.stringify(row.Id)}.`,
          );
      },
    };
  },
});
