import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Report } from '../../src/grade/report.ts';
import { HOSTILE, hostileRun } from '../../test-kit/sample-run/hostile.ts';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';
import { terminalSummary } from './summary.ts';
import { wrap } from './wrap.ts';

describe('the summary in the terminal', () => {
  it('lists failures with what was seen, the fix and the evidence, then numbers, the verdict and the report', () => {
    const { report } = sampleRun();
    const text = terminalSummary(report, { color: false, width: 80, files: ['reports/runs/x/index.html'] });
    const order = [
      'PKCE-02',
      'seen:',
      'fix:',
      'evidence: strict #',
      'RACE-01',
      'CA-10',
      'HYG-04',
      'Not graded',
      '15 checks: 3 failed',
      '✕ Not compliant  Acme Sync',
      'Report: reports/runs/x/index.html',
    ];
    const places = order.map((part) => text.replace(/\s+/g, ' ').indexOf(part.replace(/\s+/g, ' ')));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('has no escape sequence without colour, and only its own with it', () => {
    for (const hostile of HOSTILE) {
      const { report } = hostileRun(hostile);
      expect(terminalSummary(report, { color: false, width: 80 })).not.toContain('\u001b');
      const coloured = terminalSummary(report, { color: true, width: 80 });
      // eslint-disable-next-line no-control-regex
      expect(coloured.replace(/\u001b\[(?:1|2|22|3[1236]|39)m/g, '')).not.toMatch(/[\u001b\u009b\u0007\r]/);
    }
  });

  it('keeps to the width', () => {
    for (const row of terminalSummary(hostileRun('word '.repeat(200)).report, { color: false, width: 80 }).split('\n'))
      expect(row.length).toBeLessThanOrEqual(80);
  });

  it('wraps any text without losing a word', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }).filter((word) => !word.includes(' ')),
        ),
        (words) => {
          expect(wrap(words.join(' '), 40, '  ').join(' ').split(' ').filter(Boolean)).toEqual(words);
        },
      ),
    );
  });
});

describe('the README', () => {
  it('shows what the product prints, word for word', () => {
    const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
    const [, capture = ''] = /```text\n([\s\S]*?)```/.exec(read('../../README.md')) ?? [];
    const report = JSON.parse(read('../sample/failing/report.json')) as Report;
    expect(capture.split('\n').length).toBeGreaterThanOrEqual(10);
    expect(terminalSummary(report, { color: false, width: 80 })).toContain(capture);
  });
});

describe('what was not graded', () => {
  it('is one line for one reason', () => {
    const { report } = sampleRun();
    const metadata =
      'Only the settings of the app show this: name its metadata in `app.metadata`, or have a person confirm it.';
    const [first, second, ...rest] = report.requirements;
    const notGraded = [first!, second!].map(({ title }) => `${title}: ${metadata}`);
    const text = terminalSummary(
      { ...report, requirements: [first!, second!, ...rest], notGraded },
      { color: false, width: 80 },
    );
    expect(text.split('name its metadata').length - 1 + text.split('name\n  its metadata').length - 1).toBe(1);
  });
});
