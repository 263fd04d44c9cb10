import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleEvents } from '../../test-kit/sample-history.ts';
import { HOSTILE, hostileRun } from '../../test-kit/sample-run/hostile.ts';
import type { Report } from '../../src/grade/report.ts';
import { packPages } from './pack.ts';

const sample = (name: 'compliant' | 'failing') => ({
  report: JSON.parse(readFileSync(new URL(`../sample/${name}/report.json`, import.meta.url), 'utf8')) as Report,
  history: sampleEvents(name),
});
const pageOf = (input: Parameters<typeof packPages>[0], file: string): string =>
  packPages(input).find((page) => page.file === file)?.text ?? '';

describe('token flow', () => {
  it('describes the requests that the compliant client sent', () => {
    const text = pageOf(sample('compliant'), 'token-flow.md');
    expect(text).toMatch(/PKCE: `code_challenge` of 43 characters, method S256/);
    expect(text).toMatch(/No client secret/);
    expect(text).toMatch(/Sends RT#\d+\n- The answer issues RT#\d+, which replaces the one that was sent/);
    expect(text).toMatch(/Access token in the header/);
  });

  it('counts what the history holds', () => {
    const input = sample('failing');
    const refreshes = input.history.filter(
      (event) =>
        event.kind === 'request' &&
        event.facts.kind === 'token' &&
        event.facts.grantType === 'refresh_token' &&
        !event.browser,
    ).length;
    expect(refreshes).toBeGreaterThan(1);
    expect(pageOf(input, 'token-flow.md')).toContain(`- ${String(refreshes)} refreshes`);
  });

  it('says what was not seen', () => {
    const { report, history } = sample('compliant');
    const text = pageOf({ report, history: history.filter(({ kind }) => kind !== 'request') }, 'token-flow.md');
    expect(text.match(/Not seen in this run\./g)).toHaveLength(5);
  });
});

it('names the files that hold tokens in plain text', () => {
  const { report, history } = sample('compliant');
  const files = history.flatMap((event) =>
    event.kind === 'state' ? event.files.filter(({ holds }) => holds.length > 0) : [],
  );
  const text = pageOf({ report, history }, 'data-at-rest.md');
  expect(files.length).toBeGreaterThan(0);
  for (const { name } of files.slice(0, 3)) expect(text).toContain(`- ${name}: `);
  expect(text).toContain('under `SF-RTR-STORE`');
});

it('lists each failure and warning once, and the reason that a baseline gives', () => {
  const { report, history } = sample('failing');
  const checks = report.checks.map((check) =>
    check.id === 'RTR-02' ? { ...check, baseline: { reason: 'fixed in 2.1', until: '2027-01-01' } } : check,
  );
  const text = pageOf({ report: { ...report, checks }, history }, 'findings.md');
  for (const { id, verdict } of checks)
    expect(text.includes(`## ${id} `), id).toBe(['fail', 'error', 'warn', 'review'].includes(verdict));
  expect(text).toContain('accepted until 2027-01-01: fixed in 2.1');
});

it('writes what a client sent as text', () => {
  for (const hostile of HOSTILE) {
    const { report, history } = hostileRun(hostile);
    for (const { text } of packPages({ report, history })) {
      // eslint-disable-next-line no-control-regex
      expect(text).not.toMatch(/[\u0000-\u0008\u001b]/);
      expect(text).not.toMatch(/<(?:script|img|svg)/i);
    }
  }
});
