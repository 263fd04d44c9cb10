import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Report } from '../src/grade/report.ts';
import { sampleEvents } from '../test-kit/sample-history.ts';
import type { RenderInput } from './format.ts';
import { format } from './markdown.format.ts';
import { HOSTILE, hostileRun } from '../test-kit/sample-run/hostile.ts';
import { sampleRun } from '../test-kit/sample-run/sample-run.ts';
import { block, inline } from './text/markdown.ts';

const render = (input: RenderInput): string => format.render(input) as string;

/** Blocks of code end at the first line that is their fence again (CommonMark §4.5). */
const withoutCode = (text: string): string => text.replace(/^(`{3,})text\n[^]*?\n\1$/gm, '');

describe('summary.md', () => {
  it('says the verdict first, then what failed, by cause', () => {
    const text = render(sampleRun());
    const [title, , sentence] = text.split('\n');
    expect(title).toBe('# ✕ Acme Sync: not compliant');
    expect(sentence).toMatch(/ exercised failed\. Not graded: PKCE enabled/);
    expect(text.indexOf('## ✕ PKCE-02')).toBeLessThan(text.indexOf('## The partner rule'));
    expect(text).toContain('code_challenge_method=S256 to the authorization URL');
    expect(text).toContain('Also failed: RACE-03.');
  });

  it('shows a race as a story and as a diagram', () => {
    const text = render(sampleRun());
    expect(text).toContain('Expected: one refresh; the others wait for it.');
    expect(text).toContain('Note over S: RT#35;20 in use by 2 requests');
    const [diagram = ''] = /```mermaid[^]*?```/.exec(text) ?? [];
    expect(diagram.match(/->>S: refresh RT#35;20/g)).toHaveLength(2);
  });

  it('is under 10 kB for the samples, and says whom to report a reuse to', () => {
    for (const name of ['failing', 'compliant'] as const) {
      const report = JSON.parse(readFileSync(new URL(`sample/${name}/report.json`, import.meta.url), 'utf8')) as Report;
      const text = render({ report, history: sampleEvents(name) });
      expect(Buffer.byteLength(text)).toBeLessThan(10_000);
      expect(text).toContain('report it to security@salesforce.com');
    }
  });

  it('keeps two cells in every row of its tables, whatever the text', () => {
    for (const hostile of HOSTILE) {
      const rows = withoutCode(render(hostileRun(hostile)))
        .split('\n')
        .filter((line) => line.startsWith('| '));
      expect(rows.length).toBeGreaterThan(5);
      for (const row of rows) expect(row.split('|').length).toBe(4);
    }
  });

  it('shows any text without a character that means something', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = inline(text).replace(/&#\d+;/g, '.');
        expect(shown).not.toMatch(/[\\`*[\]|<>&~$@\n]|^[-+=#:]|(?<![a-z])#\d|:\/\/|(?<![a-z0-9])_|_(?![a-z0-9])/i);
      }),
    );
    expect(inline('RT#12 and #12')).toBe('RT#12 and &#35;12');
    expect(inline('@octocat https://evil.example www.evil.example :tada: a_b')).toBe(
      '&#64;octocat https&#58;//evil.example www&#46;evil.example &#58;tada: a_b',
    );
  }, 300_000);

  it('closes a code block only where it should', () => {
    const text = block('a\n```\nb\n`````\nc');
    const [fence] = text.split('\n');
    expect(fence).toBe('``````text');
    expect(text.split('\n').filter((line) => line === '``````')).toHaveLength(1);
  });

  it('leads to the report, to the sources and to what a check means', () => {
    const text = render(sampleRun());
    expect(text).toContain('[index.html](index.html)');
    expect(text).toMatch(/\[RFC 9700 §[\d.]+\]\(https:\/\/www\.rfc-editor\.org\/rfc\/rfc9700#section-[\d.]+\)/);
    expect(text).toContain('`sf-conformance explain RACE-01`');
  });

  it('leaves out pictures and lists before the verdict, the first cause and the rule', () => {
    const { report, history } = sampleRun();
    const checks = report.checks.map((check) => ({ ...check, diagnosis: 'Some long words. '.repeat(60) }));
    const text = render({ report: { ...report, checks }, history });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10_000);
    for (const kept of ['# ✕ Acme Sync', '## ✕ PKCE-02', '## The partner rule', 'The whole report is'])
      expect(text).toContain(kept);
  });

  it('stays under 10 kB', () => {
    const { report, history } = hostileRun('|'.repeat(500_000));
    const failed = { ...report.checks[1]!, requirements: [] };
    const many = Array.from({ length: 2000 }, (_, n) => ({ ...failed, id: `X-${String(n)}` }));
    const text = render({ report: { ...report, checks: many }, history });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10_000);
    expect(text).toMatch(/more parts? found no room here/);
  });
});
