import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleHistory } from '../../test-kit/sample-history.ts';
import { openHistory } from './regrade.ts';
import { reportRun } from './report-run.ts';

const SAMPLE = Buffer.from(sampleHistory('compliant'));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const report = async () =>
  reportRun({
    ...{ read: await openHistory(folder), signing: { unsigned: 'it is a test' } },
    ...{ from: folder, to: folder, formats: ['html', 'junit'], baseline: [] },
  });

// Wherever a process is killed, its history ends somewhere: between two lines or within one.
test.each([0.02, 0.1, 0.25, 0.5, 0.77, 0.99])(
  'a run killed after %d of its history is reported as broken off',
  async (part) => {
    writeFileSync(join(folder, 'history.jsonl'), SAMPLE.subarray(0, Math.floor(SAMPLE.length * part)));
    const written = await report();
    expect(written.report.run).toMatchObject({
      partial: true,
      partialReason: 'The run was broken off before its end.',
    });
    expect(written.report.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')).toEqual([]);
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(written.report);
  },
);

test.each(['', '{"seq":1,"kind":"run-be'])(
  'a history that ends before its first line (%j) is no run, and says so',
  async (text) => {
    writeFileSync(join(folder, 'history.jsonl'), text);
    await expect(report()).rejects.toMatchObject({ code: 'not-a-run' });
  },
);
