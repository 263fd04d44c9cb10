import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReport } from '../src/cli/read-report.ts';
import { sampleRun } from '../test-kit/sample-run/sample-run.ts';
import { compareReports } from './compare/compare.ts';
import { comparePage } from './compare/page.ts';
import { compareTable } from './compare/table.ts';
import { loadFormats } from './formats.ts';
import { renderPage } from './html/page.ts';
import { terminalSummary } from './terminal/summary.ts';

const { report, history } = sampleRun();
const newer = { ...report, run: { ...report.run, id: 'newer', rules: 'sf-partner-2026-11' } };

describe('the requirement set', () => {
  it.each(['badge', 'sarif', 'markdown', 'ctrf', 'json'])('is named by %s', async (id) => {
    const format = (await loadFormats()).get(id);
    const rendered = format?.render({ report: newer, history }) ?? '';
    const text = typeof rendered === 'string' ? rendered : [...rendered].join('');
    expect(text).toContain('sf-partner-2026-11');
    expect(text).not.toContain('sf-partner-2026-05');
  });

  it('is named at the top of the page and in the terminal', () => {
    expect(renderPage({ report: newer, history })).toContain('Salesforce partner requirements · sf-partner-2026-11');
    expect(terminalSummary(newer, { color: false, width: 100 })).toContain('requirement set sf-partner-2026-11');
  });

  it('is named for each column of a comparison', () => {
    const comparison = compareReports([report, newer]);
    for (const text of [comparePage(comparison), compareTable(comparison, { color: false })]) {
      expect(text).toContain('sf-partner-2026-05');
      expect(text).toContain('sf-partner-2026-11');
    }
  });

  it('of a report that names none is the first one', async () => {
    const { rules: _rules, ...run } = report.run;
    const dir = await mkdtemp(join(tmpdir(), 'rules-'));
    try {
      await writeFile(join(dir, 'report.json'), JSON.stringify({ ...report, run, unknown: 1 }));
      const read = await readReport(dir);
      expect(read.run.rules).toBe('sf-partner-2026-05');
      expect(read).toHaveProperty('unknown', 1);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});

describe('what an older history cannot hold', () => {
  const older = {
    ...report,
    checks: report.checks.map((check, index) =>
      index === 0 ? ({ ...check, verdict: 'skip', reason: 'not-recorded' } as const) : check,
    ),
  };

  it('is called not recorded, and is apart from what does not apply', () => {
    const page = renderPage({ report: older, history });
    expect(page).toContain('1 not recorded: newer than this history');
    expect(page).toMatch(/<strong>1<\/strong> not recorded/);
    expect(terminalSummary(older, { color: false, width: 100 })).toMatch(/1\s+not recorded/);
  });
});

it('the page answers why rotation is graded', () => {
  expect(renderPage({ report, history })).toContain('Why rotation, although FAPI 2.0 advises against it');
});
