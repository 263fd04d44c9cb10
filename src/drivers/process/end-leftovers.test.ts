import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endLeftovers } from './end-leftovers.ts';
import { startOf } from './process-start.ts';

const HARNESS = new URL('../fixtures/leaves-early.ts', import.meta.url).pathname;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leftovers-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A harness with a client that stays, whose temporary folders are in `folder`: what it printed of the client, and the harness itself. */
async function startHarness() {
  const child = spawn(process.execPath, [HARNESS, 'waits'], { env: { ...process.env, TMPDIR: folder } });
  const [printed] = (await once(child.stdout, 'data', { signal: AbortSignal.timeout(60_000) })) as [Buffer];
  const lines = JSON.parse(printed.toString()) as string[];
  const grandchild = Number(lines.find((line) => line.startsWith('grandchild '))!.slice('grandchild '.length));
  return { child, grandchild };
}

test.runIf(process.platform === 'linux')(
  'what a killed harness left is ended and removed; what a running one has is left alone',
  { timeout: 120_000 },
  async () => {
    const { child, grandchild } = await startHarness();
    expect(await endLeftovers(folder)).toEqual([]);
    expect(startOf(grandchild)).toBeDefined();
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    const [left, ...more] = await endLeftovers(folder);
    expect(more).toEqual([]);
    expect(left?.processes.map(({ program }) => program)).toEqual(['node', 'what the client started']);
    expect(left?.processes.at(-1)?.pid).toBe(grandchild);
    expect(left?.folders.toSorted()).toEqual([
      expect.stringMatching(/\/sf-conformance-browser-\w{6}$/),
      expect.stringMatching(/\/sf-conformance-state-\w{6}$/),
    ]);
    expect(left?.processes.filter(({ pid }) => startOf(pid) !== undefined)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    expect(await endLeftovers(folder)).toEqual([]);
  },
);

test('a forged ledger leads to no other process and to no other folder', async () => {
  const own = { pid: process.pid, startedAt: 'another time' };
  const lines = [
    { kind: 'harness', ...own, place: 'elsewhere' },
    { kind: 'process', ...own, program: 'x' },
    { kind: 'folder', path: join(folder, '..') },
    { kind: 'folder', path: join(folder, 'sf-conformance-state-x/../../y') },
    { kind: 'folder', path: join(folder, 'kept') },
  ];
  writeFileSync(join(folder, 'kept'), '');
  const path = join(folder, 'sf-conformance-ledger-0123456789abcdef');
  writeFileSync(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"kind":"proc`);
  expect(await endLeftovers(folder)).toEqual([]);
  // It may be of another container: it stays for a day.
  expect(readdirSync(folder).sort()).toEqual(['kept', 'sf-conformance-ledger-0123456789abcdef']);
  writeFileSync(path, 'no ledger at all');
  expect(await endLeftovers(folder)).toEqual([]);
  expect(existsSync(join(folder, 'kept'))).toBe(true);
});
