import { expect, test } from 'vitest';
import { runFacts } from '../../test-kit/run-facts.ts';
import type { Verdict } from './check.ts';
import { reportRequirement, type GradedRequirement } from './report-requirement.ts';
import type { ReportCheck } from './report.ts';

const requirement: GradedRequirement = {
  ...{ id: 'SF-X', title: 'Title', rule: 'Rule', source: 'Source', due: '2026-05-11' },
  ...{ answeredBy: 'checks', checks: ['A-01'] },
};
const check = (id: string, verdict: Verdict, requirements: readonly string[]): ReportCheck => ({
  ...{ id, suite: 'rtr', level: 'MUST', title: id, references: [], verdict, message: '', scenarios: [] },
  requirements,
});
const attestation = { by: 'Kim', at: '2025-12-01', proof: 'wiki', until: '2026-12-31' };
const begin = runFacts().begin;
const attested = { ...begin, attestations: { 'SF-X': attestation } };
const verdictOf = (
  answered: GradedRequirement['answeredBy'],
  verdicts: readonly Verdict[],
  of: typeof begin = begin,
) => {
  const checks = verdicts.map((verdict, index) => check(`A-0${String(index)}`, verdict, ['SF-X']));
  return reportRequirement({ ...requirement, answeredBy: answered }, checks, of).verdict;
};

test('says what the rule says, and names the checks that answer it', () => {
  const checks = [check('A-01', 'pass', ['SF-X']), check('A-02', 'fail', ['SF-Y']), check('A-03', 'warn', ['SF-X'])];
  expect(reportRequirement(requirement, checks, begin)).toStrictEqual({
    ...{ id: 'SF-X', title: 'Title', rule: 'Rule', source: 'Source', due: '2026-05-11' },
    ...{ verdict: 'warn', checks: ['A-01', 'A-03'] },
  });
});

test('a note and an attestation are shown where there are any', () => {
  expect(reportRequirement({ ...requirement, note: 'Ask.' }, [], attested)).toMatchObject({
    ...{ note: 'Ask.', attestation: { by: 'Kim', at: '2025-12-01', proof: 'wiki', until: '2026-12-31' } },
  });
});

test('what to do for an answer is said only while there is none', () => {
  const asked = { ...requirement, note: 'Ask.', answeredBy: 'settings' } as const;
  expect(reportRequirement(asked, [], begin).note).toBe('Ask.');
  expect(reportRequirement(asked, [], attested).note).toBeUndefined();
  expect(reportRequirement(asked, [check('A-01', 'fail', ['SF-X'])], begin).note).toBeUndefined();
  expect(reportRequirement(asked, [check('A-01', 'skip', ['SF-X'])], begin).note).toBe('Ask.');
});

test('an attestation that does not count is not passed over in silence', () => {
  const given = (change: object) => ({ ...begin, attestations: { 'SF-X': { ...attestation, ...change } } });
  const asked = { ...requirement, note: 'Ask.', answeredBy: 'people' } as const;
  expect(reportRequirement(asked, [], given({ until: '2025-12-31' }))).toMatchObject({
    verdict: 'review',
    note: 'Ask. The attestation by Kim held until 2025-12-31 and counts as missing since.',
  });
  expect(reportRequirement(asked, [], given({ proof: ' ' }))).toMatchObject({
    verdict: 'review',
    note: 'Ask. The attestation that was given does not count. It does not say where the proof is.',
  });
});

test('what checks answer is never answered by a word', () => {
  expect(verdictOf('checks', ['fail'], attested)).toBe('fail');
  expect(verdictOf('checks', ['skip'], attested)).toBe('skip');
  expect(verdictOf('checks', [], attested)).toBe('review');
});

test('what settings or people answer is a word’s worth only while no check applied', () => {
  for (const answered of ['settings', 'people'] as const) {
    expect(verdictOf(answered, [])).toBe('review');
    expect(verdictOf(answered, [], attested)).toBe('attested');
    expect(verdictOf(answered, ['skip', 'skip'], attested)).toBe('attested');
    expect(verdictOf(answered, ['skip', 'skip'])).toBe('review');
    expect(verdictOf(answered, ['skip', 'fail'], attested)).toBe('fail');
    expect(verdictOf(answered, ['pass'], attested)).toBe('pass');
  }
});

test('an attestation counts on the day of the run, to its last day', () => {
  const on = (startedAt: string) => ({ ...attested, run: { ...begin.run, startedAt } });
  expect(verdictOf('people', [], on('2026-12-31T23:59:59.000Z'))).toBe('attested');
  expect(verdictOf('people', [], on('2027-01-01T00:00:00.000Z'))).toBe('review');
});
