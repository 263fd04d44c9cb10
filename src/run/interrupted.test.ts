import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolveConfig } from '../config/resolve.ts';
import type { Event } from '../history/event.ts';
import { readHistory } from '../history/read-history.ts';
import { run } from './run.ts';

const CLIENT = fileURLToPath(new URL('fixtures/stops-answering.ts', import.meta.url));
const nothing = (): undefined => undefined;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interrupted-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test(
  'a right client whose run is interrupted in the middle of a call fails nothing',
  { timeout: 120_000 },
  async () => {
    const mark = join(folder, 'mark');
    const driver = { type: 'adapter', command: [process.execPath, CLIENT], env: { MARK: mark } };
    const config = resolveConfig({ driver, run: { quietMs: 100, workers: 1 } }, { dir: folder, cwd: folder, env: {} });
    const stop = new AbortController();
    const running = run({
      ...{ config, outDir: folder, formats: [], failOn: 'must', signal: stop.signal },
      scenarios: ['refresh-chain', 'rejected', 'herd'],
      progress: { scenario: nothing, scenarioDone: nothing, note: nothing },
    });
    await expect.poll(() => existsSync(mark), { timeout: 60_000 }).toBe(true);
    stop.abort('SIGINT');
    const { report, dir, interrupted } = await running;
    const { events } = await readHistory(join(dir, 'history.jsonl'));
    const last = (kind: Event['kind']) => events.findLast((event) => event.kind === kind);
    expect(interrupted).toBe(true);
    expect(last('verb-end')).toMatchObject({ name: 'call', result: 'interrupted' });
    expect(last('scenario-end')).toMatchObject({ outcome: 'interrupted' });
    expect(last('run-end')).toMatchObject({ outcome: 'interrupted' });
    expect(report.checks.filter(({ verdict }) => ['fail', 'warn', 'error'].includes(verdict))).toEqual([]);
    expect(report.verdict).toBe('inconclusive');
    const chain = report.checks.find(({ id }) => id === 'RTR-03');
    expect(chain).toMatchObject({ verdict: 'inconclusive', message: 'The run was interrupted.' });
  },
);
