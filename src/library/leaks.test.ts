/** A thousand mocks in one process leave nothing behind, and start fast. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('fixtures/thousand.ts', import.meta.url));
const MOST_GROWN_BYTES = 20e6;
const LONGEST_START_MS = 100;

test(
  '1,000 times start and close: no handle stays open, memory does not grow, a warm start is fast',
  { timeout: 300_000 },
  async () => {
    // The process ends by itself: nothing that is open keeps it.
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program], { timeout: 240_000 });
    const { grownBytes, open, medianMs } = JSON.parse(stdout) as Record<'grownBytes' | 'open' | 'medianMs', number>;
    expect(open).toBe(0);
    expect(grownBytes).toBeLessThan(MOST_GROWN_BYTES);
    expect(medianMs).toBeLessThan(LONGEST_START_MS);
  },
);

test('an import has no side effect, and a mock writes nothing to disk', { timeout: 120_000 }, async () => {
  const args = ['--permission', '--allow-fs-read=*', fileURLToPath(new URL('fixtures/no-disk.ts', import.meta.url))];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 100_000 });
  expect(JSON.parse(stdout)).toEqual({ changedByImport: false, verdict: 'pass' });
});
