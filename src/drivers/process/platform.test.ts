import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { here, platformOf } from './platform.ts';

const windows = platformOf('win32');
const AUTHORIZE = 'http://127.0.0.1:4300/services/oauth2/authorize?client_id=3MVG9&redirect_uri=http%3A%2F%2F127.0.0.1';

test('Windows has no process groups, no file modes, and ends a process with all that it has started', () => {
  expect(windows).toMatchObject({ processGroups: false, fileModes: false, plainBrowserPath: false });
  expect(windows.endTree(42, false)).toEqual(['taskkill', '/PID', '42', '/T']);
  expect(windows.endTree(42, true)).toEqual(['taskkill', '/PID', '42', '/T', '/F']);
  expect(windows.programEndings).toContain('.cmd');
  for (const name of ['linux', 'darwin'] as const)
    expect(platformOf(name)).toMatchObject({ processGroups: true, fileModes: true, programEndings: [''] });
});

test('on Windows the URL comes out of the whole command line, for cmd.exe splits arguments at an ampersand', () => {
  const { name, script, urlIn } = windows.browserProgram('C:\\Temp\\100%\\urls');
  expect(name).toMatch(/\.cmd$/);
  expect(script.split('\r\n')).toEqual([
    '@echo off',
    'setlocal EnableDelayedExpansion',
    '>> "C:\\Temp\\100%%\\urls" echo(!CMDCMDLINE!',
    'exit',
    '',
  ]);
  const started = 'C:\\Windows\\system32\\cmd.exe /c ""C:\\Temp\\open-url.cmd" ';
  expect(urlIn(`${started}${AUTHORIZE}"`)).toBe(AUTHORIZE);
  expect(urlIn(`${started}--new-window "${AUTHORIZE}""`)).toBe(AUTHORIZE);
  expect(urlIn(`${started}--version"`)).toBeUndefined();
});

test.skipIf(process.platform === 'win32')(
  'elsewhere a program of the shell takes the first argument that is a URL',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'sf-conformance-platform-'));
    try {
      const list = join(folder, 'urls');
      const { name, script, urlIn } = here.browserProgram(list);
      writeFileSync(join(folder, name), script, { mode: 0o700 });
      execFileSync(join(folder, name), ['--new-window', AUTHORIZE]);
      expect(readFileSync(list, 'utf8').split('\n').map(urlIn)).toEqual([AUTHORIZE, '']);
      expect(() => execFileSync(join(folder, name), ['--version'])).toThrow('Command failed');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
