import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookIntoFolder } from './state.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Knows one refresh token, and guesses at everything that says "long". */
const redact = (raw: string) => ({
  text: raw.replaceAll('5Aep-token', 'RT#1'),
  leaked: [...(raw.includes('5Aep-token') ? ['RT#1'] : []), ...(raw.includes('long') ? ['VALUE#1'] : [])],
});

function put(name: string, text: string, mode: number): void {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), mode);
}

test('an empty folder and one that is gone hold nothing', () => {
  expect(lookIntoFolder(folder, { redact })).toEqual([]);
  expect(lookIntoFolder(join(folder, 'gone'), { redact })).toEqual([]);
});

test.skipIf(process.platform === 'win32')('permissions and labels are recorded, contents are not', () => {
  put('a.json', '{"refresh_token":"5Aep-token","other":"long"}', 0o644);
  put('b.json', '{"refresh_token":"5Aep-token"}', 0o600);
  put('c.bin', 'sealed', 0o644);
  const files = lookIntoFolder(folder, { redact });
  expect(files).toEqual([
    { name: 'a.json', bytes: 45, mode: '644', exposed: true, holds: ['RT#1'] },
    { name: 'b.json', bytes: 30, mode: '600', exposed: false, holds: ['RT#1'] },
    { name: 'c.bin', bytes: 6, mode: '644', exposed: true, holds: [] },
  ]);
  expect(JSON.stringify(files)).not.toContain('5Aep');
});

test.skipIf(process.platform === 'win32')('a closed folder in between closes its files, and a name is redacted', () => {
  mkdirSync(join(folder, 'closed'), { mode: 0o700 });
  mkdirSync(join(folder, 'open'));
  chmodSync(join(folder, 'open'), 0o755);
  put('closed/tokens', '5Aep-token', 0o644);
  put('open/5Aep-token', 'x', 0o644);
  expect(lookIntoFolder(folder, { redact })).toMatchObject([
    { name: 'closed/tokens', exposed: false, holds: ['RT#1'] },
    { name: 'open/RT#1', exposed: true, holds: [] },
  ]);
});

test('a link out of the folder is not followed, and a flood of files is cut', () => {
  symlinkSync(tmpdir(), join(folder, 'out'));
  for (let n = 0; n < 210; n += 1) put(`f${String(n)}`, '', 0o600);
  expect(lookIntoFolder(folder, { redact })).toHaveLength(200);
});
