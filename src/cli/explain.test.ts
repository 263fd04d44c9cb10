import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sampleHistory } from '../../test-kit/sample-history.ts';
import { cli } from './cli.ts';

const cwd = fileURLToPath(new URL('../..', import.meta.url));

async function explain(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await cli({
    args: ['explain', ...args],
    cwd,
    env: {},
    stdout: { write: (text) => out.push(text) > 0 },
    stderr: { write: (text) => err.push(text) > 0 },
    signals: { on: () => undefined, off: () => undefined, exit: () => undefined },
  });
  return { code, out: out.join(''), err: err.join('') };
}

it('explains a check, whatever the case of its id', async () => {
  const { code, out } = await explain('rtr-02');
  expect(code).toBe(0);
  expect(out).toMatch(/^# RTR-02 \(MUST\): /);
  for (const part of ['## Why it matters', '## How to fix it', 'SF-RTR-CAPTURE', "run --grep '^RTR-02$'"])
    expect(out).toContain(part);
});

it('explains a scenario by the checks that read it', async () => {
  expect((await explain('rejected')).out).toMatch(/^# rejected: [\s\S]*- ERR-01 \(MUST\)/);
});

it('explains a requirement by its rule and its checks', async () => {
  expect((await explain('SF-PKCE-CHALLENGE')).out).toMatch(/## The rule[\s\S]*- PKCE-03 \(MUST\)/);
});

it('answers as JSON', async () => {
  const { out } = await explain('RTR-02', '--json');
  expect(JSON.parse(out)).toMatchObject({ id: 'RTR-02', markdown: expect.stringContaining('# RTR-02') });
});

it('names the nearest id of one that is unknown', async () => {
  expect(await explain('RTR-2')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('Did you mean "RTR-02"?'),
  });
});

it('says what a folder lacks that is not a run', async () => {
  expect(await explain('RTR-02', 'docs')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('There is no report of a run'),
  });
});

it('explains what a run found, with its evidence', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sf-explain-'));
  try {
    await cp(join(cwd, 'reports/sample/failing/report.json'), join(dir, 'report.json'));
    await writeFile(join(dir, 'history.jsonl'), sampleHistory('failing'));
    const { code, out } = await explain('rtr-02', dir);
    expect(code).toBe(0);
    expect(out).toMatch(/^# RTR-02 failed/);
    expect(out).toMatch(/## Evidence[\s\S]*#\d+ refresh RT#\d+ -> 400/);
    expect(await explain('refresh-chain', dir)).toMatchObject({
      code: 2,
      err: expect.stringContaining('has no check'),
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
