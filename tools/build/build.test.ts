import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtins } from './builtins.ts';
import { modulesIn as written } from './modules-in.ts';
import { modulesIn } from '../../src/modules-in.ts';

const inFolder = async (use: (folder: string) => Promise<void> | void): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'sf-modules-'));
  try {
    await mkdir(join(folder, 'kinds'));
    for (const [file, value] of Object.entries({ 'b.kind.ts': 2, 'a.kind.ts': 1, 'a.kind.test.ts': 3, 'other.ts': 4 }))
      await writeFile(join(folder, 'kinds', file), `export default ${String(value)};\n`);
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

test('finds modules by their names, in order, without tests', () =>
  inFolder(async (folder) => {
    const found = await modulesIn(folder, 'kinds/*.kind.ts');
    expect(found).toEqual([
      { name: 'a.kind', module: expect.objectContaining({ default: 1 }) as object },
      { name: 'b.kind', module: expect.objectContaining({ default: 2 }) as object },
    ]);
  }));

test('the build writes out what is found, and stops where nothing is', () =>
  inFolder(async (folder) => {
    for (const file of ['a.kind.js', 'b.kind.js']) await writeFile(join(folder, 'kinds', file), 'export default 0;\n');
    const plugin = written(folder);
    const call = (pattern: string): string => `const all = await modulesIn(import.meta.dirname, '${pattern}');`;
    const { code } = plugin.transform(call('kinds/*.kind.ts'), join(folder, 'load.js')) ?? { code: '' };
    expect(code.match(/^import \* as \w+ from ".*kinds\/[ab]\.kind\.js";$/gmu)).toHaveLength(2);
    expect(code).toMatch(
      /const all = await \[\{ name: "a\.kind", module: \w+ \}, \{ name: "b\.kind", module: \w+ \}\];/u,
    );
    expect(() => plugin.transform(call('gone/*.ts'), join(folder, 'load.js'))).toThrow(/nothing matches/u);
    const url = plugin.transform('const place = import.meta.url;', join(folder, 'kinds/place.js'));
    expect(plugin.renderChunk(url?.code ?? '', { fileName: 'parts/one.js' })).toBe(
      'const place = new URL("../kinds/place.js", import.meta.url).href;',
    );
  }));

test('modules of Node are taken without an ES module around them', () => {
  const id = builtins.resolveId('node:http', '/some/file.js');
  expect(builtins.load(id ?? '')).toContain('process.getBuiltinModule("node:http")');
  expect(builtins.resolveId('koa', '/some/file.js')).toBeNull();
});
