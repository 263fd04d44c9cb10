import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const main = join(root, 'src/cli/main.ts');
let dir: string;
beforeAll(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'sf-cli-')));
});
afterAll(() => rm(dir, { recursive: true }));

interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function start(file: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: dir, timeout: 50_000, env: { ...process.env, NO_COLOR: '1', ...env } };
    execFile(file, args, options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
}

describe('the real process', () => {
  it('ends with the exit code and keeps standard output clean', async () => {
    const wrong = await start(process.execPath, [main, 'run', '--workers', 'x']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('--workers must be a whole number');
    expect(await start(process.execPath, [main, 'help', 'exit-codes'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('writes all of a long result into a pipe', async () => {
    const { code, stdout } = await start(process.execPath, [main, 'list', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('checks');
  });

  it('looks where `npm start` was typed', async () => {
    const { code, stderr } = await start('npm', [
      'start',
      '--silent',
      '--prefix',
      root,
      '--',
      'run',
      '-c',
      'mine.json',
    ]);
    expect(stderr).toContain(`There is no file ${join(dir, 'mine.json')}.`);
    expect(code).toBe(2);
  });
});
