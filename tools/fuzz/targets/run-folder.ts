/** A foreign or truncated run folder: graded again, reported, verified, compared. */
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { sampleHistory } from '../../../test-kit/sample-history.ts';
import { reportSchema } from '../../../src/grade/report.ts';
import { verifyRun } from '../../../reports/verify.ts';
import { readReport } from '../../../src/cli/read-report.ts';
import { compareReports } from '../../../reports/compare/compare.ts';
import { openHistory } from '../../../src/run/regrade.ts';
import { reportRun } from '../../../src/run/report-run.ts';
import { mutated, near, type Json } from '../hostile.ts';
import { scratch } from '../scratch.ts';
import { must, target } from '../target.ts';
import { orHarnessError } from '../errors.ts';

const SAMPLE = fileURLToPath(new URL('../../../reports/sample/compliant/', import.meta.url));
/** The strict scenario and the first login: every kind of event that a run begins with. */
const LINES = sampleHistory('compliant').split('\n').slice(0, 40);
const KEY = generateKeyPairSync('ed25519').privateKey;
const FORMATS = ['html', 'json', 'junit', 'markdown', 'sarif', 'ctrf', 'har', 'badge'];
const WORDS = [
  'kind',
  'request',
  'response',
  'rotation',
  'scenario-end',
  'run-begin',
  'facts',
  'token',
  'refreshToken',
  'verifier',
  'secret',
  'exchange',
  'query',
  'headers',
  'body',
  '<script>alert(1)</script>',
  '../../x',
  'strict',
  'login',
];

/** Lines of the sample by their number, some of them changed; what stands for the rest of a line is not kept in a corpus. */
type Piece = { readonly line: number } | { readonly text: string };

const piece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 1, arbitrary: fc.nat(LINES.length - 1).map((line): Piece => ({ line })) },
  {
    weight: 3,
    arbitrary: fc
      .nat(LINES.length - 1)
      .chain((line) =>
        near(JSON.parse(LINES[line] ?? '{}') as Json, WORDS).map((value): Piece => ({ text: JSON.stringify(value) })),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .nat(LINES.length - 1)
      .chain((line) => mutated(LINES[line] ?? '', WORDS, 4_000).map((text): Piece => ({ text }))),
  },
);

/** The lines of the sample as far as `until`, with pieces put in place of some. */
const history = fc.record({
  until: fc.integer({ min: 1, max: LINES.length }),
  pieces: fc.array(fc.tuple(fc.nat(LINES.length - 1), piece), { maxLength: 4 }),
  tail: fc.constantFrom('', '\n', '{"seq":', '\0\0\0'),
});

export const runFolder = target<{
  readonly until: number;
  readonly pieces: readonly (readonly [number, Piece])[];
  readonly tail: string;
}>({
  name: 'run-folder',
  input: history,
  async open() {
    const folder = scratch();
    return {
      async check({ until, pieces, tail }) {
        const lines = LINES.slice(0, until);
        for (const [at, one] of pieces) lines[at % until] = 'line' in one ? (LINES[one.line] ?? '') : one.text;
        folder.empty();
        for (const file of ['report.json', 'report.sig']) copyFileSync(join(SAMPLE, file), join(folder.path, file));
        folder.put('history.jsonl', `${lines.join('\n')}\n${tail}`);
        const found = await orHarnessError(() => verifyRun(folder.path));
        must(found?.ok !== true, 'A cut history is called untouched.');
        const written = await orHarnessError(async () =>
          reportRun({
            ...{ read: await openHistory(folder.path), signing: { key: KEY }, baseline: [] },
            ...{ from: folder.path, to: folder.path, formats: FORMATS },
          }),
        );
        if (written === undefined) return;
        const report = JSON.parse(readFileSync(join(folder.path, 'report.json'), 'utf8')) as unknown;
        const parsed = reportSchema.safeParse(report);
        must(parsed.success, `The report breaks its schema: ${JSON.stringify(parsed.error?.issues[0])}`);
        must(
          !readFileSync(join(folder.path, 'index.html'), 'utf8').includes('<script>alert(1)'),
          'Markup of the history is markup of the page.',
        );
        // Changed lines are found, even if they are signed anew.
        must(pieces.length > 0 || (await verifyRun(folder.path)).ok, 'A run that was cut does not verify.');
      },
      close: () => folder.close(),
    };
  },
});

const REPORT = JSON.parse(readFileSync(join(SAMPLE, 'report.json'), 'utf8')) as {
  readonly checks: Json[];
  readonly requirements: Json[];
  readonly scenarios: Json[];
};
const SHORT = {
  ...REPORT,
  checks: REPORT.checks.slice(0, 2),
  requirements: REPORT.requirements.slice(0, 2),
  scenarios: REPORT.scenarios.slice(0, 2),
} as Json;
const SIGNATURE = readFileSync(join(SAMPLE, 'report.sig'), 'utf8');

export const report = target<{ readonly report: string; readonly signature: string }>({
  name: 'report-and-signature',
  input: fc.record({
    report: fc.oneof(
      { weight: 3, arbitrary: near(SHORT, WORDS).map((value) => JSON.stringify(value)) },
      { weight: 1, arbitrary: mutated(JSON.stringify(SHORT), WORDS, 4_000) },
    ),
    signature: fc.oneof(
      mutated(SIGNATURE, ['lines:', 'sha256:', 'Ed25519', '\\n', '../x'], 4_000),
      near(JSON.parse(SIGNATURE) as Json).map((value) => JSON.stringify(value)),
    ),
  }),
  async open() {
    const folder = scratch();
    return {
      async check({ report: text, signature }) {
        folder.put('history.jsonl', `${LINES[0] ?? ''}\n`);
        folder.put('report.json', text);
        folder.put('report.sig', signature);
        const found = await orHarnessError(() => verifyRun(folder.path));
        must(found?.ok !== true, 'A forged report is called untouched.');
        const read = await orHarnessError(() => readReport(folder.path));
        if (read !== undefined) compareReports([read, read]);
      },
      close: () => folder.close(),
    };
  },
});
