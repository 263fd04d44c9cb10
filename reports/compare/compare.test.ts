import { describe, expect, it } from 'vitest';

import type { Verdict } from '../../src/grade/check.ts';
import type { Report } from '../../src/grade/report.ts';
import { HOSTILE, hostileRun } from '../../test-kit/sample-run/hostile.ts';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';
import { compareReports } from './compare.ts';
import { comparePage } from './page.ts';
import { compareTable, letter } from './table.ts';

function withVerdicts(verdicts: Readonly<Record<string, Verdict>>, run = 'another'): Report {
  const { report } = sampleRun();
  return {
    ...report,
    run: { ...report.run, id: run },
    checks: report.checks.map((check) => ({ ...check, verdict: verdicts[check.id] ?? check.verdict })),
  };
}

describe('comparing', () => {
  it('distinguishes what got better from what broke', () => {
    const { rows, better, worse } = compareReports([
      sampleRun().report,
      withVerdicts({ 'PKCE-02': 'pass', 'RTR-03': 'fail', 'RES-05': 'pass', 'PKCE-01': 'skip' }),
    ]);
    expect(better).toEqual(['PKCE-02', 'RES-05']);
    expect(worse).toEqual(['RTR-03']);
    expect(rows.find(({ id }) => id === 'PKCE-01')!.change).toBe('same');
  });

  it('does not call it broken that a person must look at what was a warning', () => {
    const warned = withVerdicts({ 'PKCE-02': 'warn', 'RTR-03': 'pass' });
    const { better, worse } = compareReports([warned, withVerdicts({ 'PKCE-02': 'review', 'RTR-03': 'review' })]);
    expect(better).not.toContain('PKCE-02');
    expect(worse).not.toContain('PKCE-02');
    expect(worse).toContain('RTR-03');
  });

  it('takes all columns into account', () => {
    const { rows } = compareReports([sampleRun().report, withVerdicts({ 'PKCE-02': 'pass' }), sampleRun().report]);
    expect(rows.find(({ id }) => id === 'PKCE-02')).toMatchObject({
      change: 'mixed',
      cells: [{ verdict: 'fail' }, { verdict: 'pass' }, { verdict: 'fail' }],
    });
  });

  it('keeps checks that only one report knows', () => {
    const { report } = sampleRun();
    const { rows } = compareReports([{ ...report, checks: report.checks.slice(1) }, report]);
    expect(rows).toHaveLength(report.checks.length);
    expect(rows.find(({ id }) => id === 'PKCE-01')).toMatchObject({
      change: 'same',
      cells: [{ verdict: undefined }, { verdict: 'pass' }],
    });
  });
});

describe('the table', () => {
  it('has a row for each check that is worth one', () => {
    const text = compareTable(compareReports([sampleRun().report, withVerdicts({ 'PKCE-02': 'pass' })]), {
      color: false,
    });
    expect(text).toMatch(/^A {2}✕ Not compliant/);
    expect(text).toMatch(/^PKCE-02 +✕ {2}✓ {2}.*better$/m);
    expect(text).not.toMatch(/^PKCE-05/m);
    expect(text).toMatch(/1 better \(PKCE-02\), 0 broke\n$/);
  });

  it('names columns beyond Z', () => {
    expect([0, 25, 26, 27, 701, 702].map(letter)).toEqual(['A', 'Z', 'AA', 'AB', 'ZZ', 'AAA']);
  });
});

describe('different clients', () => {
  const other = withVerdicts({ 'PKCE-02': 'pass' });
  const comparison = compareReports([sampleRun().report, { ...other, app: { ...other.app, name: 'Another client' } }]);

  it('differ: none of them got better or broke', () => {
    const said = comparePage(comparison) + compareTable(comparison, { color: false });
    expect(/Got better|Broke|broke|>Change</.test(said)).toBe(false);
    expect(said.includes('1 check of 15 differs.')).toBe(true);
  });
});

describe('the page', () => {
  it('has the partner rule first, then only what differs, and ids of what is alike', () => {
    const page = comparePage(compareReports([sampleRun().report, withVerdicts({ 'PKCE-02': 'pass' })]));
    const places = [
      'The partner rule',
      'A public client sends no secret',
      'Checks that differ',
      'Checks that are alike',
    ];
    const at = places.map((place) => page.indexOf(place));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(page.match(/<tr id="check-/g)).toHaveLength(1);
    expect(page.includes('RTR-03')).toBe(true);
  });

  it('has a column a run with a link to its own report, and only to a place below', () => {
    const page = comparePage(compareReports([sampleRun().report, sampleRun().report]), {
      links: ['naive/index.html', 'javascript:alert(1)'],
    });
    expect(page.includes('href="naive/index.html"')).toBe(true);
    expect(page.includes('javascript:')).toBe(false);
  });

  it.each(HOSTILE)('escapes %j', (text) => {
    const page = comparePage(compareReports([hostileRun(text).report, sampleRun().report]), {
      title: text,
      links: [text],
    });
    expect(/<script>globalThis|<img|<svg onload|<boom/.test(page)).toBe(false);
    expect(page.isWellFormed()).toBe(true);
  });
});
