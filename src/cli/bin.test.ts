/** What starts the command, on Nodes that are too old for it: a sentence instead of a crash, and never a verdict. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
let installed: string;

beforeAll(async () => {
  installed = await mkdtemp(join(tmpdir(), 'sf-bin-'));
  await cp(join(root, 'bin'), join(installed, 'bin'), { recursive: true });
  await mkdir(join(installed, 'dist/src/cli'), { recursive: true });
  await writeFile(join(installed, 'package.json'), '{"type":"module"}');
  await writeFile(join(installed, 'dist/src/cli/main.js'), "console.log('started');");
});
afterAll(() => rm(installed, { recursive: true }));

const versioned = (node: string): string =>
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${node}' } });`;

function start(
  dir: string,
  before: string,
  ...flags: readonly string[]
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const first = `data:text/javascript,${encodeURIComponent(before)}`;
  return new Promise((resolve) => {
    const args = [...flags, '--import', first, join(dir, 'bin/sf-conformance.mjs'), '--version'];
    execFile(process.execPath, args, { timeout: 50_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
}

it('runs on the oldest Node that it wants', async () => {
  expect(await start(installed, versioned('22.12.0'))).toEqual({ code: 0, stdout: 'started\n', stderr: '' });
});

it.each(['20.20.2', '21.7.3', '22.11.0'])('says on %s that it needs a newer one', async (node) => {
  const { code, stdout, stderr } = await start(installed, versioned(node));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`sf-conformance needs Node 22.12 or newer; this is ${node}.`);
  expect(stderr).not.toContain('    at ');
});

it('a checkout says how to run it on a Node that reads no TypeScript', async () => {
  const { code, stdout, stderr } = await start(root, versioned('22.12.0'), '--no-experimental-strip-types');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('npm start -- --version');
  expect(stderr).not.toContain(pathToFileURL(root).href);
});
