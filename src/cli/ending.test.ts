import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';
import { finish } from './ending.ts';
import { runFolder } from './run-folder.ts';
import type { Terminal } from './terminal.ts';

function fake(): { terminal: Terminal; out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (text) => void out.push(text),
    say: () => undefined,
    complain: (text) => void err.push(text),
    write: () => undefined,
    draw: () => undefined,
    live: false,
    quiet: false,
    color: { out: false, err: false },
    width: { out: 80, err: 80 },
  };
  return { terminal, out, err };
}

const { report } = sampleRun();
const entry = { id: 'PKCE-01', reason: 'x', until: '2026-01-01' };

it('prints the report alone under --json', () => {
  const { terminal, out, err } = fake();
  expect(finish({ report, files: ['/r/index.html'], failOn: 'must' }, terminal, true)).toBe(1);
  expect(out).toHaveLength(1);
  expect(JSON.parse(out.join(''))).toEqual(report);
  expect(err).toEqual([]);
});

it('prints the summary and what was written otherwise', () => {
  const { terminal, out } = fake();
  finish({ report, files: ['/r/index.html'], failOn: 'must' }, terminal, false);
  expect(out.join('')).toContain('/r/index.html');
  expect(out.join('')).toContain('Acme Sync');
});

it('says which entries of the baseline have to go', () => {
  const accepted = { ...report, checks: report.checks.map((check) => ({ ...check, baseline: { reason: 'known' } })) };
  const calm = {
    report: { ...accepted, checks: accepted.checks.filter(({ verdict }) => verdict !== 'error') },
    files: [],
  };
  const { terminal, err } = fake();
  expect(finish({ ...calm, failOn: 'must' }, terminal, false)).toBe(0);
  expect(finish({ ...calm, failOn: 'must', stale: [entry], expired: [entry] }, terminal, false)).toBe(1);
  expect(err).toEqual([
    'The baseline is stale: PKCE-01 passes now. Remove its entry.',
    'The baseline has expired: PKCE-01 was accepted until 2026-01-01. Fix the client, or set a new date.',
  ]);
});

it('ends as the signal says', () => {
  expect(finish({ report, files: [], failOn: 'must', interrupted: 'SIGTERM' }, fake().terminal, true)).toBe(143);
});

it('follows `latest` where it is a file', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sf-latest-'));
  try {
    await mkdir(join(dir, 'run-1'));
    await writeFile(join(dir, 'latest'), 'run-1\n');
    expect(await runFolder(dir, 'latest')).toBe(join(dir, 'run-1'));
    expect(await runFolder(dir, 'run-1')).toBe(join(dir, 'run-1'));
    expect(await runFolder(dir, 'gone')).toBe(join(dir, 'gone'));
  } finally {
    await rm(dir, { recursive: true });
  }
});
