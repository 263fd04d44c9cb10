import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../process/folder.ts';
import { installedChromium } from './installed.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder('installed');
});
afterEach(() => folder.remove());

test('the first in PATH that may be executed', async () => {
  const [first, second] = [join(folder.path, 'a'), join(folder.path, 'b')];
  await Promise.all([mkdir(first), mkdir(second)]);
  const path = ['', first, second, join(folder.path, 'none')].join(delimiter);
  expect(await installedChromium(path, 'linux')).toBeUndefined();
  const [locked, chrome] = [join(first, 'chromium'), join(second, 'google-chrome')];
  await Promise.all([writeFile(locked, ''), writeFile(chrome, '')]);
  await chmod(locked, 0o600);
  await chmod(chrome, 0o700);
  expect(await installedChromium(path, 'linux')).toBe(chrome);
  await chmod(locked, 0o700);
  expect(await installedChromium(path, 'linux')).toBe(locked);
});
