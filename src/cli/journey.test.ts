import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace, proofClient, type Workspace } from '../../test-kit/command-line.ts';

let workspace: Workspace;
let dir: string;
beforeAll(async () => {
  workspace = await openWorkspace();
  ({ dir } = workspace);
  for (const name of ['reference', 'naive']) await workspace.config(name, { app: { name }, driver: proofClient(name) });
});
afterAll(() => workspace.clear());

const command: Workspace['command'] = (...asked) => workspace.command(...asked);

describe('from a run to its comparison', { timeout: 510_000 }, () => {
  it('judges a good client, and prints the report alone', async () => {
    const { code, out, err } = await command([
      'run',
      '-c',
      'reference.json',
      '--grep',
      '^RTR-02$',
      '--out',
      'good',
      '--json',
      '--quiet',
    ]);
    expect(err).toBe('');
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ verdict: 'partial', app: { name: 'reference' }, run: { partial: true } });
    expect(JSON.parse(await readFile(join(dir, 'good/latest/report.json'), 'utf8'))).toEqual(report);
    await access(join(dir, 'good/latest/index.html'));
  });

  it('judges a bad client, reports it, and says how to fix it', async () => {
    const { code, out, err } = await command(['run', '-c', 'naive.json', '--grep', '^RTR-02$', '--out', 'bad']);
    expect(code).toBe(1);
    expect(out).toContain('RTR-02');
    expect(err).toMatch(/^ *1\/\d+ strict: /u);
  });

  it('grades it again, and finds the same', async () => {
    const { code, out } = await command(['report', 'bad/latest', '--out', 'again', '--json', '--format', 'json']);
    expect(code).toBe(1);
    const { checks } = JSON.parse(await readFile(join(dir, 'bad/latest/report.json'), 'utf8'));
    expect(JSON.parse(out).checks).toEqual(checks);
  });

  it('accepts a known failure, and keeps accepting it when graded again', async () => {
    await writeFile(join(dir, 'conformance.baseline.json'), JSON.stringify([{ id: 'RTR-02', reason: 'fixed in 2.1' }]));
    const { code, out } = await command([
      'run',
      '-c',
      'naive.json',
      '--grep',
      '^RTR-02$',
      '--out',
      'known',
      '--json',
      '--quiet',
    ]);
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report.verdict).toBe('non-compliant');
    expect(report.checks.find(({ id }: { id: string }) => id === 'RTR-02')).toMatchObject({
      verdict: 'fail',
      baseline: { reason: 'fixed in 2.1' },
    });
    expect(await command(['verify', 'known/latest'])).toMatchObject({ code: 0 });
    expect(await command(['report', 'known/latest', '--json'])).toMatchObject({ code: 0 });
  });

  it('says that an entry of the baseline is stale', async () => {
    const { code, err } = await command([
      'run',
      '-c',
      'reference.json',
      '--grep',
      '^RTR-02$',
      '--out',
      'stale',
      '--quiet',
    ]);
    expect(code).toBe(1);
    expect(err).toContain('The baseline is stale: RTR-02 passes now.');
    await writeFile(join(dir, 'conformance.baseline.json'), '[{"id":"NO-1","reason":"x"}]');
    expect(await command(['run', '-c', 'reference.json'])).toMatchObject({ code: 2 });
    await rm(join(dir, 'conformance.baseline.json'));
  });

  it('finds what was changed', async () => {
    await writeFile(join(dir, 'again/report.json'), '{}');
    const { code, out } = await command(['verify', 'again']);
    expect(code).toBe(1);
    expect(out).toContain('report.json');
  });

  it('compares', async () => {
    const { code, out } = await command(['compare', 'good/latest', 'bad/latest', '--out', '.']);
    expect(code).toBe(0);
    expect(out).toContain('RTR-02');
    await access(join(dir, 'comparison.html'));
  });

  it('ends on SIGINT with a partial report that says so', async () => {
    let sent = false;
    const { code, err } = await command(['run', '-c', 'reference.json', '--out', 'cut'], {}, (text, kill) => {
      if (!sent && text.includes('strict: ')) kill('SIGINT');
      sent ||= text.includes('strict: ');
    });
    expect(err).toContain('SIGINT: ending, with a report of what was done.');
    expect(code).toBe(130);
    const report = JSON.parse(await readFile(join(dir, 'cut/latest/report.json'), 'utf8'));
    expect(report.run).toMatchObject({ partial: true, partialReason: expect.stringContaining('interrupted') });
  });

  it('calls a client that does not start a wrong configuration', async () => {
    await writeFile(join(dir, 'gone.json'), '{"driver":{"type":"adapter","command":["./no-such-program"]}}');
    const { code, err } = await command(['run', '-c', 'gone.json', '--out', 'gone', '--quiet']);
    expect(code).toBe(2);
    expect(err).toContain('no-such-program');
  });
});
