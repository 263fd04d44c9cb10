import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a harness that exits in the middle leaves no process and no folder behind', async () => {
  const script = new URL('../fixtures/leaves-early.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 50_000 });
  const lines = JSON.parse(stdout) as string[];
  const pid = Number(lines.find((line) => line.startsWith('grandchild '))!.slice('grandchild '.length));
  const environment = lines.find((line) => line.startsWith('environment '))!.slice('environment '.length);
  const { SF_STATE_DIR } = JSON.parse(environment) as { SF_STATE_DIR: string };
  expect(pid).toBeGreaterThan(1);
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect(existsSync(SF_STATE_DIR)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
