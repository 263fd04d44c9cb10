import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { incidentResponse } from '../suites/settings/incident-response.ts';
import type { RenderInput } from './format.ts';
import { format } from './markdown.format.ts';
import { HOSTILE, hostileRun } from '../test-kit/sample-run/hostile.ts';
import { sampleRun } from '../test-kit/sample-run/sample-run.ts';
import { block, inline } from './text/markdown.ts';

const render = (input: RenderInput): string => format.render(input) as string;

/** Blocks of code end at the first line that is their fence again (CommonMark §4.5). */
const withoutCode = (text: string): string => text.replace(/^(`{3,})text\n[^]*?\n\1$/gm, '');

describe('summary.md', () => {
  it('says the verdict first, then what failed', () => {
    const text = render(sampleRun());
    expect(text.split('\n')[0]).toBe('# ✕ Acme Sync: not compliant');
    expect(text.indexOf('PKCE&#45;02')).toBeLessThan(text.indexOf('## The partner rule'));
    expect(text).toContain('code_challenge_method=S256 to the authorization URL');
  });

  it('says what a test from outside cannot show, and whom to tell when a token is reused', () => {
    const text = render(sampleRun());
    expect(text).toContain('The client was watched from outside');
    expect(text).toContain('What passed, passed for the version');
    expect(text.match(/^\d\. .+$/gm)).toHaveLength(incidentResponse.steps.length);
    expect(text).toContain('Whom to tell: security&#64;salesforce.com');
  });

  it('keeps four cells in every row of its tables, whatever the text', () => {
    for (const hostile of HOSTILE) {
      const rows = withoutCode(render(hostileRun(hostile)))
        .split('\n')
        .filter((line) => line.startsWith('| '));
      expect(rows.length).toBeGreaterThan(15);
      for (const row of rows) expect(row.split('|').length).toBe(6);
    }
  });

  it('shows any text without a character that means something', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = inline(text).replace(/&#\d+;/g, '');
        expect(shown).not.toMatch(/[\\`*_{}[\]()#+\-!|<>&~^$@:\n]/);
      }),
    );
    expect(inline('@octocat https://evil.example www.evil.example')).not.toMatch(/@|:|www\./);
  }, 300_000);

  it('closes a code block only where it should', () => {
    const text = block('a\n```\nb\n`````\nc');
    const [fence] = text.split('\n');
    expect(fence).toBe('``````text');
    expect(text.split('\n').filter((line) => line === '``````')).toHaveLength(1);
  });

  it('stays under 900 kB', () => {
    const { report, history } = hostileRun('|'.repeat(500_000));
    const many = Array.from({ length: 2000 }, (_, n) => ({ ...report.checks[1]!, id: `X-${String(n)}` }));
    const text = render({ report: { ...report, checks: many }, history });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(900_000);
    expect(text).toMatch(/more parts? found no room here/);
  });
});
