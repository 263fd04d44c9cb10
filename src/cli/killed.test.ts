import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkspace, proofClient, type Workspace } from '../../test-kit/command-line.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.config('reference', { driver: proofClient('reference') });
});
afterAll(() => workspace.clear());

/** Where this test's runs have their temporary folders. */
function temporary(): string {
  const path = join(workspace.dir, 'temporary');
  mkdirSync(path, { recursive: true });
  return path;
}

/** Runs, and kills the process as soon as so many scenarios have ended. */
async function killAfter(scenarios: number): Promise<void> {
  const child = spawn(process.execPath, [MAIN, 'run', '-c', 'reference.json', '--suite', 'pkce,rtr'], {
    cwd: workspace.dir,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CI: '1', TMPDIR: temporary() },
  });
  const gone = once(child, 'exit', { signal: AbortSignal.timeout(170_000) });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('\n').length > scenarios + 1) child.kill('SIGKILL');
  });
  const [, signal] = (await gone) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

it(
  'a run that was killed is reported by the next one, which goes on as if nothing had been',
  { timeout: 600_000 },
  async () => {
    await killAfter(2);
    const runs = join(workspace.dir, 'reports/runs');
    const [killed = ''] = readdirSync(runs);
    expect(readdirSync(join(runs, killed)).sort()).toEqual(['history.jsonl', 'running.json']);

    const next = await workspace.command(['run', '-c', 'reference.json', '--grep', '^PKCE-01$'], {
      TMPDIR: temporary(),
    });
    expect(readdirSync(temporary()).filter((name) => name.startsWith('sf-conformance-'))).toEqual([]);
    expect(next.err).toContain(
      `The run ${killed} was broken off. What it saw is graded (inconclusive); its report is in`,
    );
    expect(next.code).toBe(0);

    const report = JSON.parse(await readFile(join(runs, killed, 'report.json'), 'utf8')) as {
      run: { partialReason: string };
      checks: { verdict: string }[];
    };
    expect(report.run.partialReason).toBe('The run was broken off before its end.');
    expect(report.checks.map(({ verdict }) => verdict)).toContain('pass');
    expect(report.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')).toEqual([]);
    expect((await workspace.command(['verify', join(runs, killed)])).code).toBe(0);
    expect((await workspace.command(['verify', join(runs, 'latest')])).out).not.toContain(killed);
    expect(readdirSync(runs).filter((name) => readdirSync(join(runs, name)).includes('running.json'))).toEqual([]);
  },
);
