import { readFile } from 'node:fs/promises';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { HOSTILE, hostileRun } from '../../test-kit/sample-run/hostile.ts';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';

const docs = new URL('../../docs/schema/', import.meta.url);
const validator = async (file: string) =>
  new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false }).compile(
    JSON.parse(await readFile(new URL(file, docs), 'utf8')),
  );

describe('the published schemas', () => {
  it('accept a report and each line of a history', async () => {
    const [report, event] = await Promise.all([
      validator('report.v1.schema.json'),
      validator('history.v1.schema.json'),
    ]);
    for (const run of [sampleRun(), ...HOSTILE.map(hostileRun)]) {
      report(run.report);
      expect(report.errors).toBeNull();
      for (const one of run.history) {
        event(one);
        expect(event.errors).toBeNull();
      }
    }
  });

  it('refuse what is none', async () => {
    const [report, event] = await Promise.all([
      validator('report.v1.schema.json'),
      validator('history.v1.schema.json'),
    ]);
    const run = sampleRun();
    expect(report({ ...run.report, verdict: 'fine' })).toBe(false);
    expect(report({ ...run.report, schemaVersion: 2 })).toBe(false);
    expect(report({ ...run.report, checks: [{ ...run.report.checks[0], verdict: 'attested' }] })).toBe(false);
    expect(event({ ...run.history[0], kind: 'gossip' })).toBe(false);
    expect(event({ ...run.history[0], prev: 'x' })).toBe(false);
  });

  it('accept what a later minor version adds', async () => {
    const report = await validator('report.v1.schema.json');
    expect(report({ ...sampleRun().report, novelty: true })).toBe(true);
  });
});
