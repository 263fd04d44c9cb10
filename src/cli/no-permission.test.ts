import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleHistory } from '../../test-kit/sample-history.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
/** Root may write everywhere, but for one without that capability (util-linux: `setpriv`). */
const WITHOUT_OVERRIDE =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];

let dir: string;
let locked: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'no-permission-')));
  locked = join(dir, 'locked');
  mkdirSync(locked);
  writeFileSync(join(locked, 'history.jsonl'), sampleHistory('compliant'));
});
afterEach(() => {
  chmodSync(locked, 0o755);
  rmSync(dir, { recursive: true });
});

async function command(...args: readonly string[]) {
  const [program = '', ...rest] = [...WITHOUT_OVERRIDE, process.execPath, MAIN, ...args];
  const child = spawn(program, rest, {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: code as number | null, out, err };
}

/** One sentence on what is wrong and one on what to do; no stack. */
const sentences = (err: string) => err.trim().split('\n');

describe.runIf(process.platform !== 'win32')('what may not be written or read', () => {
  test('the folder of a report: named, and what to do about it', async () => {
    chmodSync(locked, 0o555);
    const before = readdirSync(locked);
    const { code, err } = await command('report', locked, '--unsigned');
    expect(code).toBe(70);
    expect(sentences(err)).toHaveLength(2);
    expect(err).toMatch(new RegExp(`EACCES: permission denied, (open|mkdir) '${locked}/`));
    expect(err).toContain('The machine does not let it be written. Make room, or name another folder with --out');
    expect(readdirSync(locked)).toEqual(before);
    // It is graded where it may be written.
    const open = join(dir, 'open');
    mkdirSync(open);
    const elsewhere = { code: 0, err: 'Not signed: it has no report.sig.\n' };
    expect(await command('report', locked, '--out', open)).toMatchObject(elsewhere);
  });

  test('the folder of a run: wrong usage, before any client is started', async () => {
    chmodSync(locked, 0o555);
    const { code, err } = await command('demo', '--out', locked);
    expect(code).toBe(2);
    expect(err).toMatch(
      new RegExp(`error: The folder ${locked}/\\S+ could not be made\\.\\nName another one with --out\\.`),
    );
    expect(err).not.toContain('    at ');
    expect(readdirSync(locked)).toEqual(['history.jsonl']);
  });

  test('a history: it cannot be read', async () => {
    chmodSync(join(locked, 'history.jsonl'), 0o200);
    const { code, err } = await command('report', locked);
    expect(code).toBe(2);
    expect(sentences(err)).toEqual([
      `error: The history in ${locked} cannot be read.`,
      'Name the folder that holds history.jsonl, such as reports/runs/latest.',
    ]);
  });
});
