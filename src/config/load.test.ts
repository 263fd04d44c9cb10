import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONFIG_NAMES } from './find.ts';
import { loadConfig } from './load.ts';
import { MOST_BYTES } from './read.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sf-config-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const put = (name: string, text: string): Promise<void> => writeFile(join(dir, name), text);
const nameOf = async (path?: string): Promise<string> =>
  (await loadConfig({ cwd: dir, ...(path === undefined ? {} : { path }) })).app.name;

describe('where it is looked for', () => {
  it('is the folder, first TypeScript, then the rest in order', async () => {
    const script = (name: string): string => `export default { app: { name: '${name}' } };`;
    const texts: Record<string, (name: string) => string> = {
      json: (name) => `{"app":{"name":"${name}"}}`,
      yaml: (name) => `app:\n  name: ${name}\n`,
      yml: (name) => `app: { name: ${name} }`,
    };
    for (const name of CONFIG_NAMES.toReversed()) {
      await put(name, (texts[name.split('.').at(-1) ?? ''] ?? script)(name));
      expect(await nameOf()).toBe(name);
    }
  });

  it('is a file or folder that is named, relative to where the command was typed', async () => {
    await mkdir(join(dir, 'sub'));
    await put('sub/mine.json', '{"app":{"name":"file"}}');
    await put('sub/conformance.config.yml', 'app: {name: folder}');
    expect(await nameOf('sub/mine.json')).toBe('file');
    expect(await nameOf('sub')).toBe('folder');
    expect((await loadConfig({ cwd: dir, path: 'sub/mine.json' })).dir).toBe(join(dir, 'sub'));
  });

  it('reports what was looked for when there is none', async () => {
    await expect(loadConfig({ cwd: dir })).rejects.toMatchObject({
      code: 'config-not-found',
      exit: 2,
      message: expect.stringContaining(CONFIG_NAMES.join(', ')),
      hint: expect.stringContaining('init'),
    });
    await expect(loadConfig({ cwd: dir, path: 'no.json' })).rejects.toMatchObject({ code: 'config-not-found' });
  });
});

describe('TypeScript', () => {
  it('knows defineConfig and real types, installed or not', async () => {
    await put(
      'conformance.config.ts',
      `import { defineConfig } from 'sf-conformance';
       enum Kind { Public = 'public' }
       export default defineConfig({ app: { name: 'typed', client: Kind.Public } });`,
    );
    expect(await nameOf()).toBe('typed');
  });

  it('says why a file could not be run', async () => {
    await put('conformance.config.ts', `throw new Error('no such thing');`);
    await expect(loadConfig({ cwd: dir })).rejects.toMatchObject({
      code: 'config-threw',
      message: expect.stringContaining('no such thing'),
    });
  });

  it('wants a default export', async () => {
    await put('conformance.config.mjs', `export const config = {};`);
    await expect(loadConfig({ cwd: dir })).rejects.toMatchObject({ code: 'config-no-default' });
  });
});

describe('JSON', () => {
  it('may have comments and a comma too many, but not inside of texts', async () => {
    await put('a.json', '{ // one\n "app": { "name": "http://x, ]/* no */", /* two\n lines */ }, }');
    expect(await nameOf('a.json')).toBe('http://x, ]/* no */');
  });

  it.each([
    ['{\n  "app": {\n    "name": "s3cret" "x"\n  }\n}', ':3:'],
    ['{\n  "app": s3cret\n}', ':2:'],
    ['{\n  "app": {"name": "s3cret"}\n', ':3:1'],
    ['', ':1:1'],
  ])('%j: reports the place and not the text', async (text, place) => {
    await put('a.json', text);
    const trouble = await loadConfig({ cwd: dir, path: 'a.json' }).catch((error: unknown) => error as Error);
    expect(trouble).toMatchObject({ code: 'config-syntax', message: expect.stringContaining(`a.json${place}`) });
    expect((trouble as Error).message).not.toContain('s3cret');
  });
});

describe('YAML', () => {
  it('keeps dates as texts', async () => {
    await put(
      'a.yaml',
      'attestations:\n  SF-INCIDENT-REPORTING: { by: Ann, at: 2026-01-02, proof: wiki, until: 2027-01-02 }\n',
    );
    const { attestations } = await loadConfig({ cwd: dir, path: 'a.yaml' });
    expect(attestations['SF-INCIDENT-REPORTING']?.at).toBe('2026-01-02');
  });

  it('reports the place of a fault', async () => {
    await put('a.yml', 'app:\n  name: "x\n');
    await expect(loadConfig({ cwd: dir, path: 'a.yml' })).rejects.toMatchObject({
      code: 'config-syntax',
      message: expect.stringMatching(/a\.yml:\d+:\d+: not valid YAML/u),
    });
  });
});

describe('bounds', () => {
  it('refuses a file that is too large', async () => {
    await put('a.json', ' '.repeat(MOST_BYTES + 1));
    await expect(loadConfig({ cwd: dir, path: 'a.json' })).rejects.toMatchObject({ code: 'config-too-large' });
  });

  it('refuses aliases that blow up', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) =>
        `l${n}: &l${n} [${
          n === 0
            ? 'x'
            : Array(9)
                .fill(`*l${n - 1}`)
                .join(',')
        }]`,
    );
    await put('a.yaml', levels.join('\n'));
    await expect(loadConfig({ cwd: dir, path: 'a.yaml' })).rejects.toMatchObject({ code: 'config-syntax' });
  });

  it('refuses depth', async () => {
    await put('a.yaml', '['.repeat(200_000));
    await expect(loadConfig({ cwd: dir, path: 'a.yaml' })).rejects.toMatchObject({ code: 'config-syntax' });
    await put('a.json', '['.repeat(100_000) + ']'.repeat(100_000));
    await expect(loadConfig({ cwd: dir, path: 'a.json' })).rejects.toMatchObject({ exit: 2 });
  });
});
