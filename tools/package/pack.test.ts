/** What is published: packed, installed without development packages into an empty folder, and used there, on the Node of this run and on the oldest that it wants. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/grade/report.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const client = fileURLToPath(new URL('../../src/drivers/fixtures/adapter-client.mjs', import.meta.url));
const slowMs = 300_000;
const { engines, devDependencies: versions } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as {
  readonly engines: { readonly node: string };
  readonly devDependencies: Readonly<Record<string, string>>;
};
/** `22.12.0` */
const oldest = engines.node.replace('>=', '');
/** What `npm test` passes to its scripts about this package would be taken by the npm inside for the other one. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle|config_local_prefix)|INIT_CWD)/u.test(name),
  ),
);

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function start(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env, timeout: slowMs, maxBuffer: 64e6 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 99, out, err });
    });
  });
}

async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const ended = await start('npm', args, cwd);
  if (ended.code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${String(ended.code)}: ${ended.err}`);
  return ended.out;
}

let folder: string;
let tarball: string;
let oldNode: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sf-conformance-pack-'));
  const packed = await npm(checkout, 'pack', '--silent', '--pack-destination', folder);
  tarball = join(folder, packed.trim().split('\n').at(-1) ?? '');
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await npm(folder, 'install', '--omit=dev', '--prefer-offline', tarball);
  const other = await mkdtemp(join(folder, 'old-node-'));
  await writeFile(join(other, 'package.json'), '{ "private": true }');
  const served = await start('npm', ['install', '--prefer-offline', `node@${oldest}`], other);
  if (served.code === 0) oldNode = join(other, 'node_modules', '.bin', 'node');
}, slowMs);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('npx starts it', { timeout: slowMs }, async () => {
  const { code, out } = await start('npx', ['--no', 'sf-conformance', 'list', '--json'], folder);
  expect(code).toBe(0);
  const { checks } = JSON.parse(out) as { readonly checks: readonly { readonly id: string }[] };
  expect(checks.length).toBeGreaterThan(100);
});

test('holds what it needs and nothing of the tests', async () => {
  const own = join(folder, 'node_modules', 'sf-conformance');
  const { version } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8')) as { readonly version: string };
  expect((await start(process.execPath, [join(own, 'bin/sf-conformance.mjs'), '--version'], folder)).out).toContain(
    version,
  );
  const files = JSON.parse(await npm(checkout, 'pack', '--dry-run', '--json', '--ignore-scripts')) as readonly {
    readonly files: readonly { readonly path: string }[];
  }[];
  const paths = (files[0]?.files ?? []).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'dist/schema/config.v1.schema.json']));
  // What starts is bundled: a start that reads a thousand files takes three times as long.
  const modules = paths.filter((path) => path.endsWith('.js') && !path.includes('/browser/'));
  expect(modules.length).toBeLessThan(200);
  const notices = await readFile(join(own, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const bundled of ['koa', 'oidc-provider', 'zod']) expect(notices).toMatch(new RegExp(`^${bundled} \\d`, 'mu'));
  expect(paths.filter((path) => /suites\/proof\/(?:broken|unusual)\/(?!naive\.)/u.test(path))).toEqual([]);
  expect(paths.filter((path) => /\.test\.|test-support|fixtures\/|(?<!\.d)\.ts$/u.test(path))).toEqual([]);
});

test('types a configuration, and finds what is wrong in it', { timeout: slowMs }, async () => {
  const config = (kind: string): string =>
    `import { defineConfig } from 'sf-conformance';\nexport default defineConfig({ app: { client: '${kind}' } });\n`;
  await writeFile(join(folder, 'right.mts'), config('public'));
  await writeFile(join(folder, 'wrong.mts'), config('secret'));
  const tsc = join(checkout, 'node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext'];
  const types = (file: string): Promise<Ended> => start(process.execPath, [tsc, ...flags, file], folder);
  expect(await types('right.mts')).toMatchObject({ code: 0, out: '' });
  expect((await types('wrong.mts')).out).toContain('"secret"');
});

test('attw and publint find nothing wrong with the packed file', { timeout: slowMs }, async () => {
  const tool = (path: string, ...args: readonly string[]): Promise<Ended> =>
    start(process.execPath, [join(checkout, 'node_modules', path), ...args], folder);
  expect(await tool('publint/src/cli.js', 'run', tarball, '--strict')).toMatchObject({ code: 0 });
  // The package is ESM: what CommonJS and Node 10 would find does not count.
  expect(await tool('@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only')).toMatchObject({
    code: 0,
  });
});

describe('in an empty folder with vitest, Playwright and jsforce', () => {
  let own: string;
  beforeAll(async () => {
    own = await mkdtemp(join(tmpdir(), 'sf-conformance-own-'));
    await writeFile(join(own, 'package.json'), '{ "private": true, "type": "module" }');
    const packages = ['vitest', '@playwright/test', 'jsforce', '@types/node'].map(
      (name) => `${name}@${versions[name] ?? ''}`,
    );
    await npm(own, 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball, ...packages);
  }, slowMs);
  afterAll(() => rm(own, { recursive: true, force: true }));
  const vitest = (...args: readonly string[]): Promise<Ended> => start('npx', ['--no', 'vitest', 'run', ...args], own);

  test.each(['node16', 'nodenext', 'bundler'])(
    'every entry point type-checks under %s',
    async (resolution) => {
      await cp(join(import.meta.dirname, 'fixtures/entry-points.txt'), join(own, 'entry-points.ts'));
      const module = resolution === 'bundler' ? 'esnext' : resolution;
      const flags = ['--module', module, '--moduleResolution', resolution, '--target', 'es2024', '--types', 'node'];
      const tsc = join(checkout, 'node_modules/typescript/bin/tsc');
      const ended = await start(
        process.execPath,
        [tsc, '--noEmit', '--strict', '--skipLibCheck', ...flags, 'entry-points.ts'],
        own,
      );
      expect(ended).toMatchObject({ code: 0, out: '' });
    },
    slowMs,
  );

  test('a test of the refresh of jsforce fails with the message of RTR-02', { timeout: slowMs }, async () => {
    await cp(join(import.meta.dirname, 'fixtures/jsforce-test.txt'), join(own, 'jsforce.test.mjs'));
    const { code, out, err } = await vitest('jsforce.test.mjs');
    expect(code).toBe(1);
    expect(out + err).toMatch(/RTR-02: fail[^]*Expected: pass[^]*Received: fail\.[^]*RT#1[^]*Fix: /u);
  });

  test('the example in Node passes with a right client, and fails for a broken one', { timeout: slowMs }, async () => {
    await cp(join(checkout, 'examples/own-tests/node/refresh.test.mjs'), join(own, 'example.mjs'));
    expect((await start(process.execPath, ['--test', 'example.mjs'], own)).code).toBe(0);
    const ended = await start('env', ['DROP_NEW_TOKEN=1', process.execPath, '--test', 'example.mjs'], own);
    expect(ended).toMatchObject({ code: 1, out: expect.stringContaining('RTR-02') as string });
  });
});

test(
  'the five minutes of docs/library.md, as they are pasted: the first test fails, and passes with the fix',
  { timeout: slowMs },
  async () => {
    const page = await readFile(join(checkout, 'docs/library.md'), 'utf8');
    const block = (name: string): string => new RegExp(`\`\`\`${name}\\n([^]*?)\`\`\``, 'u').exec(page)?.[1] ?? '';
    const empty = await mkdtemp(join(tmpdir(), 'sf-conformance-five-'));
    const pasted = (line: string): Promise<Ended> => start('sh', ['-e', '-c', line], empty);
    try {
      const install = block('sh');
      expect(install).toContain('npm install -D sf-conformance');
      expect(await pasted(install.replace('-D sf-conformance', `-D ${tarball}`))).toMatchObject({ code: 0 });
      const broken = block('js first-test');
      const fixed = broken.replace(/^.*the mistake$/mu, block('js the-fix').trim());
      await writeFile(join(empty, 'refresh.test.js'), broken);
      const failed = await pasted('npx vitest run');
      expect(failed.code).toBe(1);
      expect(failed.out + failed.err).toContain('RTR-02: fail');
      expect(fixed).not.toBe(broken);
      await writeFile(join(empty, 'refresh.test.js'), fixed);
      expect(await pasted('npx vitest run')).toMatchObject({ code: 0 });
    } finally {
      await rm(empty, { recursive: true, force: true });
    }
  },
);

describe.each(['the Node of this run', `Node ${oldest}`])('on %s', (which) => {
  const on = (args: readonly string[], cwd: string): Promise<Ended> | undefined => {
    const node = which === `Node ${oldest}` ? oldNode : process.execPath;
    if (node === undefined) return undefined;
    return start(node, [join(folder, 'node_modules', '.bin', 'sf-conformance'), ...args], cwd);
  };

  test('init and run: the first verdict in two commands', { timeout: slowMs }, async ({ skip }) => {
    const cwd = await mkdtemp(join(folder, 'init-'));
    const written = await on(['init', '--yes'], cwd);
    if (written === undefined) return skip(`the registry does not serve node@${oldest}`);
    expect(written).toMatchObject({ code: 0 });
    // The example client in the adapter logs in as it should, and never refreshes.
    const judged = await on(['run', '--quiet', '--json', '--grep', '^(PKCE-01|RTR-01)$'], cwd);
    expect(judged).toMatchObject({ code: 1 });
    expect(judged?.err).toBe('');
    const { checks } = JSON.parse(judged?.out ?? '') as Report;
    const verdicts = checks.map(({ id, verdict }) => `${id} ${verdict}`);
    expect(verdicts).toEqual(expect.arrayContaining(['PKCE-01 pass', 'RTR-01 fail']));
  });

  test('run judges a client, with a configuration in TypeScript', { timeout: slowMs }, async ({ skip }) => {
    const cwd = await mkdtemp(join(folder, 'run-'));
    const driver = { type: 'adapter', command: [process.execPath, client] };
    const text = JSON.stringify({ app: { name: 'Tiny' }, driver, run: { quietMs: 60 } });
    await writeFile(
      join(cwd, 'conformance.config.ts'),
      `import { defineConfig } from 'sf-conformance';\nexport default defineConfig(${text});\n`,
    );
    const formats = ['--format', 'html,junit,markdown,sarif,ctrf,har'];
    const ended = await on(['run', '--grep', '^(PKCE-0[1-8]|CA-01)$', '--json', ...formats], cwd);
    if (ended === undefined) return skip(`the registry does not serve node@${oldest}`);
    expect(ended.err).not.toContain('    at ');
    const report = JSON.parse(ended.out) as Report;
    const verdicts = new Map(report.checks.map(({ id, verdict }) => [id, verdict]));
    for (const id of ['PKCE-01', 'PKCE-02', 'PKCE-04', 'PKCE-07', 'CA-01'])
      expect([id, verdicts.get(id)]).toEqual([id, 'pass']);
    expect(await on(['verify', 'reports/runs/latest'], cwd)).toMatchObject({ code: 0 });
    expect(await readFile(join(cwd, 'reports/runs/latest/index.html'), 'utf8')).toContain('PKCE-01');
  });

  test('the browser driver says what to install', { timeout: slowMs }, async ({ skip }) => {
    const cwd = await mkdtemp(join(folder, 'browser-'));
    const driver = { type: 'browser', baseUrl: 'http://127.0.0.1:9', authorize: { goto: '/' }, call: { goto: '/' } };
    await writeFile(join(cwd, 'conformance.config.json'), JSON.stringify({ driver }));
    const ended = await on(['run', '--quiet', '--suite', 'pkce'], cwd);
    if (ended === undefined) return skip(`the registry does not serve node@${oldest}`);
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('npm install -D @playwright/test') as string });
  });
});
