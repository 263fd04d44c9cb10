/** The papers of a release: they are there, they are fresh, and they claim nothing that no test shows. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dependencies, isPermissive, licencesPage, type Lock } from './licences.test-support.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  readonly version: string;
  readonly publishConfig: { readonly provenance: boolean; readonly access: string };
};
const lock = (JSON.parse(read('package-lock.json')) as { readonly packages: Lock }).packages;

describe('licences', () => {
  test('the page is that of the lock file (`npm run docs` writes it)', async () => {
    await expect(licencesPage(lock)).toMatchFileSnapshot('../../docs/licences.md');
  });

  test('what is installed with the package asks for no more than to be named', () => {
    expect(dependencies(lock, false).length).toBeGreaterThan(50);
    expect(dependencies(lock, false).filter(({ licence }) => !isPermissive(licence))).toEqual([]);
  });

  test('what asks for more would be found', () => {
    expect(isPermissive('GPL-3.0')).toBe(false);
    expect(isPermissive('unknown')).toBe(false);
    expect(isPermissive('(MIT OR GPL-3.0)')).toBe(true);
    expect(dependencies({ '': { version: '1' }, 'node_modules/a': { version: '2' } }, false)).toEqual([
      { name: 'a', version: '2', licence: 'unknown' },
    ]);
  });

  test.each(dependencies(lock, false).map(({ name, licence }) => [name, licence] as const))(
    '%s says %s itself',
    (name, licence) => {
      const file = join(root, 'node_modules', name, 'package.json');
      // Optional packages of other systems are not installed here.
      if (!existsSync(file)) return;
      const { license } = JSON.parse(readFileSync(file, 'utf8')) as { readonly license?: string };
      expect(license ?? licence).toBe(licence);
    },
  );
});

describe('security', () => {
  const page = read('docs/security.md');
  const named = [...new Set([...page.matchAll(/`([\w./-]+\.test\.ts)`/gu)].map(([, name = '']) => name))];

  test('every defence names a test', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:---|threat)/u.test(line));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row).toMatch(/\.test\.ts`/u);
  });

  test.each(named)('%s is there', (name) => {
    expect(existsSync(join(root, name))).toBe(true);
  });
});

describe('a release', () => {
  test('the changelog begins with this version, and every entry has a date', () => {
    const entries = [...read('CHANGELOG.md').matchAll(/^## \[(.+?)\](.*)$/gmu)];
    expect(entries[0]?.[1]).toBe(manifest.version);
    for (const [, , rest = ''] of entries) expect(rest).toMatch(/^ - \d{4}-\d{2}-\d{2}$/u);
  });

  test('says where it was built: provenance, from a workflow that may sign and does nothing before the checklist passes', () => {
    expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
    const workflow = parse(read('.github/workflows/release.yml')) as {
      readonly jobs: {
        readonly publish: {
          readonly permissions: Record<string, string>;
          readonly steps: readonly { readonly run?: string }[];
        };
      };
    };
    const { permissions, steps } = workflow.jobs.publish;
    expect(permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(commands.at(-2)).toBe('npm run release:check');
    expect(commands.at(-1)).toBe('npm publish --provenance');
  });

  const check = (...only: readonly string[]) =>
    execFileSync(process.execPath, ['tools/release/check.mjs', ...only], { cwd: root, encoding: 'utf8' });

  test('the checklist finds the version in order', { timeout: 300_000 }, () => {
    expect(check('version')).toBe('ok    version\n');
  });

  test('the checklist fails on what it does not know', () => {
    expect(() => check('nothing')).toThrow();
  });
});
