import { afterEach, expect, test, vi } from 'vitest';
import { HarnessError } from '../../errors.ts';
import { assertTemporary } from './folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.skipIf(process.platform === 'win32')(
  'a folder for temporary files that cannot be written is named, with its variable',
  () => {
    vi.stubEnv('TMPDIR', '/dev/null/nowhere');
    expect(assertTemporary).toThrow(HarnessError);
    expect(assertTemporary).toThrow('/dev/null/nowhere, which TMPDIR names, cannot be written (ENOTDIR)');
  },
);

test('nothing stays behind where it can', () => {
  expect(assertTemporary).not.toThrow();
});
