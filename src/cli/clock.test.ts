import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Event } from '../history/event.ts';
import { openWorkspace, proofClient, type Workspace } from '../../test-kit/command-line.ts';

const HOUR_MS = 3_600_000;
const STEPS = [HOUR_MS, -25 * HOUR_MS, 48 * HOUR_MS, -24 * HOUR_MS, -HOUR_MS, HOUR_MS];

let workspace: Workspace;
beforeEach(async () => {
  workspace = await openWorkspace();
});
afterEach(() => workspace.clear());

interface RunOutput {
  readonly verdict: string;
  readonly checks: readonly { readonly id: string; readonly verdict: string }[];
  readonly run: { readonly durationMs: number };
}

test(
  'the clock of the machine is set back and forth by hours and days all through a run, for harness, mock and client alike: nothing comes of it',
  { timeout: 360_000 },
  async () => {
    const module = new URL('../fixtures/jumping-clock.ts', import.meta.url).href;
    const clock = { NODE_OPTIONS: `--import=${module}`, STEPS_MS: STEPS.join(), EVERY_MS: '130' };
    const config = await workspace.config('jumps', { driver: proofClient('reference') });
    const ended = await workspace.command(
      ['run', '-c', config, '--suite', 'pkce,rtr', '--out', 'runs', '--json'],
      clock,
    );
    const report = JSON.parse(ended.out) as RunOutput;
    expect([ended.code, report.verdict]).toEqual([0, 'partial']);
    const selected = report.checks.filter(({ verdict }) => verdict !== 'skip');
    expect(selected.length).toBeGreaterThan(20);
    expect(selected.filter(({ verdict }) => !['pass', 'info', 'review'].includes(verdict))).toEqual([]);

    const dir = join(workspace.dir, 'runs', readlinkSync(join(workspace.dir, 'runs', 'latest')));
    const history = readFileSync(join(dir, 'history.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    // Times go on as they do, and stay in order.
    const times = history.map(({ t }) => t);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(report.run.durationMs).toBeLessThan(HOUR_MS);
    expect(times.at(-1)).toBeLessThan(HOUR_MS);
    // The history reports it.
    expect(history.some((event) => event.kind === 'note' && event.text.includes('clock was put'))).toBe(true);
  },
);
