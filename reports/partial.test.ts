import { describe, expect, it } from 'vitest';
import type { Report } from '../src/grade/report.ts';
import { compareReports } from './compare/compare.ts';
import { comparePage } from './compare/page.ts';
import { compareTable } from './compare/table.ts';
import { chooseFormats } from './formats.ts';
import { sampleRun } from '../test-kit/sample-run/sample-run.ts';
import { terminalSummary } from './terminal/summary.ts';

const SENTENCE = 'Selected checks passed (2 of 3): not a statement of compliance.';

/** A run of two checks of three, both passed. */
function partialReport(): Report {
  const { report } = sampleRun();
  const [one] = report.checks.filter(({ verdict }) => verdict === 'pass');
  if (one === undefined) throw new TypeError('The sample has no check that passes.');
  const [requirement] = report.requirements;
  if (requirement === undefined) throw new TypeError('The sample has no requirement.');
  const checks = [
    { ...one, id: 'A-01' },
    { ...one, id: 'A-02' },
    { ...one, id: 'A-03', verdict: 'skip', reason: 'not-selected', message: 'It was not selected.', scenarios: [] },
  ] as const;
  return {
    ...report,
    verdict: 'partial',
    summary: SENTENCE,
    checks,
    requirements: [{ ...requirement, verdict: 'skip', checks: ['A-03'] }],
    notGraded: [],
  };
}

/** A run in which the check that was not selected failed. */
const failed = (): Report => {
  const { requirements, checks, ...report } = partialReport();
  return {
    ...report,
    requirements: requirements.map((one) => ({ ...one, verdict: 'fail' })),
    checks: checks.map((one) => (one.id === 'A-03' ? { ...one, verdict: 'fail', reason: undefined } : one)),
  };
};

/** What a reader could take for a statement of compliance. */
const claims = (text: string): readonly string[] =>
  text
    .replaceAll(SENTENCE, '')
    .match(/.{0,40}\bcomplian(?:t|ce)\b.{0,40}/giu)
    ?.filter((line) => !line.includes('not a statement')) ?? [];

const formats = await chooseFormats(['html', 'json', 'junit', 'markdown', 'sarif', 'ctrf', 'badge']);

describe('a partial run', () => {
  it.each(formats)('is not called compliant in $file, which says what it is', (format) => {
    const { id } = format;
    const made = format.render({ report: partialReport(), history: sampleRun().history });
    const whole = typeof made === 'string' ? made : [...made].join('');
    const text = whole.replaceAll(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)));
    expect(claims(text)).toEqual([]);
    expect(text.toLowerCase()).toContain(id === 'badge' ? 'selected checks passed (2 of 3)' : SENTENCE.toLowerCase());
    if (id === 'html' || id === 'markdown' || id === 'junit') {
      expect(text.toLowerCase()).toContain('not selected');
      expect(text).not.toContain('Not applicable');
    }
  });

  it('is not called compliant in the terminal', () => {
    const text = terminalSummary(partialReport(), { color: false, width: 100 });
    expect(claims(text)).toEqual([]);
    expect(text).toContain('◐ Partial');
    expect(text).toContain(SENTENCE);
  });

  it('is grey in a comparison', () => {
    const comparison = compareReports([partialReport(), sampleRun().report]);
    expect(comparePage(comparison)).toMatch(/<span class="badge quiet">.*?Partial<\/span>/u);
    expect(compareTable(comparison, { color: false })).toContain('◐ Partial');
  });

  it('says in a comparison what was not selected', () => {
    const comparison = compareReports([partialReport(), failed()]);
    expect(comparePage(comparison)).toContain('Not selected');
    expect(comparePage(comparison)).not.toContain('Not applicable');
    expect(compareTable(comparison, { color: false })).toContain('not selected');
  });
});
