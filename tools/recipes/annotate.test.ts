/** Annotations of GitHub Actions: what failed, in lines that no input can break out of. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReportCheck } from '../../src/grade/report.ts';

const script = fileURLToPath(new URL('../../action/annotate.mjs', import.meta.url));
const check = (id: string, more: Partial<ReportCheck> = {}): Partial<ReportCheck> => ({
  ...{ id, level: 'MUST', verdict: 'fail', title: 'A title', message: 'Seen this.', remedy: 'Do that.' },
  ...more,
});
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sf-conformance-annotate-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function annotated(
  checks: readonly Partial<ReportCheck>[],
  file = './ci/conformance.config.json',
): Promise<string[]> {
  const report = join(folder, 'report.json');
  await writeFile(report, JSON.stringify({ checks }));
  const { stdout } = await promisify(execFile)(process.execPath, [script, report, file]);
  return stdout.split('\n').slice(0, -1);
}

test('a failure is an error with what was seen and what to change', async () => {
  expect(await annotated([check('PKCE-02')])).toEqual([
    '::error file=ci/conformance.config.json,title=PKCE-02 A title::Seen this.%0AFix: Do that.',
  ]);
});

test('what holds, does not apply or only should be is silent; a MUST that was never tested, and a known failure, warn', async () => {
  const quiet = [check('A', { verdict: 'pass' }), check('B', { verdict: 'skip' }), check('C', { verdict: 'warn' })];
  const baseline = { reason: 'known', until: '2027-01-01' } as unknown as NonNullable<ReportCheck['baseline']>;
  const lines = await annotated([
    ...quiet,
    check('D', { verdict: 'inconclusive' }),
    check('E', { verdict: 'inconclusive', level: 'SHOULD' }),
    check('F', { baseline }),
    check('G'),
  ]);
  expect(lines.map((line) => /^::(\w+) .*title=(\w)/u.exec(line)?.slice(1))).toEqual([
    ['error', 'G'],
    ['warning', 'D'],
    ['warning', 'F'],
  ]);
});

test('what a failure blocks is counted at the failure', async () => {
  const blocked = (id: string): Partial<ReportCheck> => check(id, { verdict: 'inconclusive', blockedBy: 'A' });
  expect(await annotated([check('A'), blocked('B')])).toEqual([
    '::error file=ci/conformance.config.json,title=A A title::Seen this.%0AFix: Do that.%0ABlocks 1 check.',
  ]);
  expect((await annotated([check('A'), blocked('B'), blocked('C')])).join()).toContain('Blocks 2 checks.');
});

test('at most ten lines, the last of which says how many more there are', async () => {
  const lines = await annotated(Array.from({ length: 30 }, (_, n) => check(`X-${String(n)}`)));
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toContain('::21 more in the report');
  expect(await annotated(Array.from({ length: 10 }, (_, n) => check(`X-${String(n)}`)))).toHaveLength(10);
});

test('a text cannot become a command, nor end a value', async () => {
  const message = 'a\n::set-output name=x::y\r\n100%';
  const [line, ...more] = await annotated([check('X', { title: 'one, two: three\n::stop', message })], 'a,b:c.json');
  expect(more).toEqual([]);
  expect(line).toContain(
    'file=a%2Cb%3Ac.json,title=X one%2C two%3A three%0A%3A%3Astop::a%0A::set-output name=x::y%0D%0A100%25',
  );
});
