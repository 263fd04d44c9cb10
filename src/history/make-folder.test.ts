import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadSigningKey } from '../../reports/integrity/signing-key.ts';
import { makeFolder } from './make-folder.ts';

const dir = mkdtempSync(join(tmpdir(), 'sf-make-folder-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

test('makes a folder and those above it, and leaves one that is there', async () => {
  const path = join(dir, 'a', 'b', 'c');
  await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(path, 'd'))]);
  await makeFolder(path);
  expect(existsSync(join(path, 'd'))).toBe(true);
});

test('fails below a file', async () => {
  writeFileSync(join(dir, 'file'), '');
  await expect(makeFolder(join(dir, 'file', 'below'))).rejects.toThrow('ENOTDIR');
});

test.skipIf(process.platform !== 'linux')('ends where a file system answers ENOENT to every mkdir', async () => {
  await expect(makeFolder('/proc/nowhere/.config/deep')).rejects.toThrow('ENOENT');
  expect((await loadSigningKey({ XDG_CONFIG_HOME: '/proc/nowhere/.config' })).origin).toBe('passing');
});
