/** Each format against its own schema, or read by other people's software. */
import { createRequire } from 'node:module';

import { Ajv } from 'ajv';
import { validate as validateCtrf } from 'ctrf';
import { parse } from 'junit2json';
import { describe, expect, it } from 'vitest';

import { format as ctrf } from './ctrf.format.ts';
import type { Format, RenderInput } from './format.ts';
import { format as har } from './har.format.ts';
import { format as junit } from './junit.format.ts';
import { HOSTILE, hostileRun } from '../test-kit/sample-run/hostile.ts';
import { sampleRun } from '../test-kit/sample-run/sample-run.ts';
import { format as sarif } from './sarif.format.ts';

const require = createRequire(import.meta.url);
const text = (format: Format, input: RenderInput): string => {
  const content = format.render(input);
  return typeof content === 'string' ? content : [...content].join('');
};
const read = (format: Format, input: RenderInput): unknown => JSON.parse(text(format, input));

/** Draft 4 and 6 differ from the later one in keywords that these schemas do not use, but for `id`. */
const lenient = (): Ajv =>
  new Ajv({ strict: false, validateFormats: false, validateSchema: false, allErrors: true, unicodeRegExp: false });

/** OASIS SARIF 2.1.0 as Microsoft publishes it. */
function sarifErrors(value: unknown): readonly string[] {
  const {
    id: _id,
    $schema: _draft,
    ...schema
  } = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Record<string, unknown>;
  const validate = lenient().compile(schema);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** HAR 1.2, a schema a part. */
function harErrors(value: unknown): readonly string[] {
  const parts = require('har-schema') as Record<string, Record<string, unknown>>;
  const ajv = lenient();
  for (const { $schema: _draft, ...part } of Object.values(parts)) ajv.addSchema(part);
  const validate = ajv.getSchema('har.json#');
  void validate?.(value);
  return (validate?.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

function ctrfErrors(value: unknown): readonly string[] {
  const { valid, errors } = validateCtrf(value);
  return valid ? [] : errors.map((error) => JSON.stringify(error));
}

const RUNS: readonly (readonly [string, RenderInput])[] = [
  ['the sample run', sampleRun()],
  ['a run of nothing', { ...sampleRun(), report: { ...sampleRun().report, checks: [], scenarios: [] }, history: [] }],
  ...HOSTILE.map((hostile): readonly [string, RenderInput] => [JSON.stringify(hostile), hostileRun(hostile)]),
  ['half a megabyte in every text', hostileRun('<"\u001b[31m\ud800'.repeat(70_000))],
];

describe.each(RUNS)('%s', (_name, run) => {
  it('is SARIF 2.1.0 by the schema of OASIS', () => {
    expect(sarifErrors(read(sarif, run))).toEqual([]);
  });
  it('is HAR 1.2 by its schema', () => {
    expect(harErrors(read(har, run))).toEqual([]);
  });
  it('is CTRF by its reference implementation', () => {
    expect(ctrfErrors(read(ctrf, run))).toEqual([]);
  });
  it('is read by a consumer of JUnit files, which counts as we do', async () => {
    const found = (await parse(text(junit, run))) as {
      readonly tests?: number;
      readonly testsuite?: readonly { readonly testcase?: readonly object[] }[];
    };
    const cases = (found.testsuite ?? []).flatMap(({ testcase }) => testcase ?? []);
    expect(cases).toHaveLength(run.report.checks.length);
    expect(Number(found.tests)).toBe(run.report.checks.length);
    const having = (key: string): number => cases.filter((one) => key in one).length;
    const failed = run.report.checks.filter(
      ({ verdict, level, blockedBy }) =>
        verdict === 'fail' || (blockedBy === undefined && verdict === 'inconclusive' && level === 'MUST'),
    );
    expect([having('failure'), having('error')]).toEqual([
      failed.length,
      run.report.checks.filter(({ verdict }) => verdict === 'error').length,
    ]);
  });
});

describe('the schemas refuse what is none', () => {
  it('SARIF', () => {
    const value = read(sarif, sampleRun()) as { runs: { results: { kind: string; level: string }[] }[] };
    value.runs[0]!.results[0]!.kind = 'gossip';
    expect(sarifErrors(value)).not.toEqual([]);
    expect(sarifErrors({ version: '2.1.0' })).not.toEqual([]);
  });
  it('HAR', () => {
    const value = read(har, sampleRun()) as { log: { entries: { request: Record<string, unknown> }[] } };
    delete value.log.entries[0]!.request['headers'];
    expect(harErrors(value)).not.toEqual([]);
  });
  it('CTRF', () => {
    const value = read(ctrf, sampleRun()) as { results: { tests: { status: string }[] } };
    value.results.tests[0]!.status = 'splendid';
    expect(ctrfErrors(value)).not.toEqual([]);
  });
});
