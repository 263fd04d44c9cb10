import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleHistory } from '../../test-kit/sample-history.ts';
import { cli } from './cli.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sf-pack-'));
  await cp(fileURLToPath(new URL('../../reports/sample/compliant', import.meta.url)), join(dir, 'run'), {
    recursive: true,
  });
  await rm(join(dir, 'run/history.jsonl.br'));
  await writeFile(join(dir, 'run/history.jsonl'), sampleHistory('compliant'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function typed(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await cli({
    ...{ args, cwd: dir, env: {} },
    stdout: { write: (text) => out.push(text) > 0 },
    stderr: { write: (text) => err.push(text) > 0 },
    signals: { on: () => undefined, off: () => undefined, exit: () => undefined },
  });
  return { code, out: out.join(''), err: err.join('') };
}

it('writes the pages beside the run, with evidence that verifies', async () => {
  expect(await typed('pack', 'run')).toMatchObject({ code: 0, err: '' });
  expect((await readdir(join(dir, 'run-security-review'))).sort()).toEqual([
    'README.md',
    'data-at-rest.md',
    'evidence',
    'findings.md',
    'token-flow.md',
  ]);
  expect(await typed('verify', 'run-security-review/evidence')).toMatchObject({ code: 0 });
  expect(await typed('verify', 'run')).toMatchObject({ code: 0 });
});

it('never replaces a pack', async () => {
  await typed('pack', 'run', '--out', 'review');
  expect(await typed('pack', 'run', '--out', 'review')).toMatchObject({
    code: 2,
    err: expect.stringContaining('holds a pack already'),
  });
});

it('needs a run', async () => {
  expect(await typed('pack', 'nothing')).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is no report of a run'),
  });
});
