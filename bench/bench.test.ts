import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the short benchmark measures every part and prints the page', { timeout: 600_000 }, () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--quick'], {
    encoding: 'utf8',
    timeout: 570_000,
  });
  expect(status, stderr).toBe(0);
  for (const part of [
    'Goals',
    'Refreshes and logins',
    'Memory while tokens rotate',
    'Whole runs',
    'Starts',
    'A run against',
    'Grading and',
  ]) {
    expect(stdout).toContain(`## ${part}`);
  }
  // A server that answered nothing has no speed.
  const speeds = [...stdout.matchAll(/^\| [^|]+ \| ([\d,]+) \| [\d,]+ \| [\d.]+ ms \|/gm)].map(([, speed = '']) =>
    Number(speed.replace(',', '')),
  );
  expect(speeds).toHaveLength(3);
  expect(Math.min(...speeds)).toBeGreaterThan(0);
});
