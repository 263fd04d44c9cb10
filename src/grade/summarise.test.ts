import { expect, test } from 'vitest';
import type { Level, Verdict } from './check.ts';
import type { ReportCheck, ReportRequirement, RunVerdict } from './report.ts';
import { notGraded, summarise } from './summarise.ts';

const check = (id: string, verdict: Verdict, level: Level = 'MUST', suite = 'rtr'): ReportCheck => ({
  ...{ id, suite, level, title: id, references: [], requirements: [], verdict, message: '', scenarios: [] },
});
const many = (count: number, verdict: Verdict) =>
  Array.from({ length: count }, (_, index) => check(`A-${String(index + 1)}`, verdict));
const run = (partialReason?: string) =>
  ({ partial: partialReason !== undefined, ...(partialReason && { partialReason }) }) as never;
const say = (verdict: RunVerdict, checks: readonly ReportCheck[], partialReason?: string) =>
  summarise({ verdict, checks, requirements: [], run: run(partialReason) });

test('failures are counted among what applies, and named', () => {
  const checks = [
    ...[check('A', 'fail'), check('B', 'pass'), check('C', 'skip'), check('D', 'fail', 'SHOULD')],
    ...[check('E', 'inconclusive'), check('F', 'fail')],
  ];
  expect(say('non-compliant', checks)).toBe('Not compliant: 2 of 4 required behaviours failed (A, F).');
  expect(say('non-compliant', checks, 'Ctrl-C.')).toBe(
    'Not compliant: 2 of 4 required behaviours failed (A, F). Only a part of the checks was run.',
  );
});

test('of many, eight are named', () => {
  expect(say('non-compliant', many(8, 'fail'))).toContain('(A-1, A-2, A-3, A-4, A-5, A-6, A-7, A-8).');
  expect(say('non-compliant', many(9, 'fail'))).toContain('A-7, A-8 and 1 more).');
});

test('compliant says whether recommended behaviours deserve a look', () => {
  expect(say('compliant', [check('A', 'pass')])).toBe(
    'Compliant: every required behaviour that applies was exercised and held.',
  );
  expect(say('compliant', [check('A', 'skip'), check('B', 'warn', 'SHOULD')])).toBe(
    'Compliant: nothing that is required was among the checks; 1 warning deserves a look.',
  );
  expect(say('compliant', [check('A', 'pass'), check('B', 'warn', 'SHOULD'), check('C', 'warn')])).toBe(
    'Compliant: every required behaviour that applies was exercised and held; 2 warnings deserve a look.',
  );
});

test('inconclusive says what is open; what only settings answer is not', () => {
  const checks = [check('A', 'inconclusive'), check('S', 'inconclusive', 'MUST', 'settings'), check('B', 'pass')];
  expect(say('inconclusive', [...checks, check('C', 'inconclusive', 'SHOULD')])).toBe(
    'Inconclusive: nothing required failed, but 1 of 3 required behaviours was never exercised (A).',
  );
});

test('inconclusive because of the harness says so', () => {
  expect(say('inconclusive', [check('A', 'error'), check('B', 'pass')])).toBe(
    'Inconclusive: nothing required failed, but 1 of 2 required behaviours could not be judged because of a fault of the harness (A).',
  );
  expect(say('inconclusive', [check('A', 'error'), check('B', 'inconclusive')])).toBe(
    'Inconclusive: nothing required failed, but 1 of 2 required behaviours was never exercised (B), and 1 of 2 required behaviours could not be judged because of a fault of the harness (A).',
  );
  expect(say('inconclusive', [check('A', 'skip')])).toBe(
    'Inconclusive: nothing required failed, but nothing was judged.',
  );
});

const requirement = (
  verdict: ReportRequirement['verdict'],
  more: Partial<ReportRequirement> = {},
): ReportRequirement => ({
  ...{ id: 'X', title: 'Storage', rule: '', source: '', due: '', verdict, checks: [] },
  ...more,
});
const attestation = { by: 'Kim', at: '2026-01-01', proof: 'wiki', until: '2026-12-31' };
const open = (
  requirements: readonly ReportRequirement[],
  checks: readonly ReportCheck[] = [],
  partialReason?: string,
) => notGraded({ verdict: 'inconclusive', checks, requirements, run: run(partialReason) });

test('what people must answer, or have, is named', () => {
  expect(open([requirement('review', { note: 'Ask security.' })])).toEqual(['Storage: Ask security.']);
  expect(open([requirement('attested', { attestation })])).toEqual([
    `Storage: attested by Kim on ${attestation.at}, not tested; proof: ${attestation.proof}; holds until ${attestation.until}.`,
  ]);
  expect(
    open([requirement('attested'), requirement('review'), requirement('pass', { note: 'x', attestation })]),
  ).toEqual([]);
});

test('checks that a failure blocks are not said to be never exercised', () => {
  const blocked = (id: string, blockedBy: string) => ({ ...check(id, 'inconclusive'), blockedBy });
  expect(open([], [blocked('B', 'A'), check('D', 'inconclusive')])).toEqual([
    '1 check is blocked by A.',
    '1 check applies but was never exercised: D.',
  ]);
  expect(open([], [blocked('B', 'A'), blocked('C', 'A'), blocked('E', 'D')])).toEqual([
    '3 checks are blocked by A, D.',
  ]);
});

test('checks that were never exercised are counted, and the reason of a part comes last', () => {
  const checks = [check('A', 'inconclusive', 'SHOULD'), check('B', 'pass'), check('C', 'inconclusive')];
  expect(open([], checks, 'Ctrl-C.')).toEqual(['2 checks apply but were never exercised: A, C.', 'Ctrl-C.']);
});
