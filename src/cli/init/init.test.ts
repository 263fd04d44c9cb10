import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { cli } from '../cli.ts';
import { CLIENTS, DEFAULTS, DRIVERS } from './answers.ts';
import { configDraft } from './config-draft.ts';
import { workflowDraft } from './workflow-draft.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sf-init-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function init(...args: readonly string[]) {
  return initAt(80, ...args);
}

async function initAt(columns: number, ...args: readonly string[]) {
  const text = { out: '', err: '' };
  const code = await cli({
    args: ['init', ...args],
    cwd: dir,
    env: {},
    stdout: { write: (part) => (text.out += part) !== '', columns },
    stderr: { write: (part) => (text.err += part) !== '' },
    signals: { on: () => undefined, off: () => undefined, exit: () => undefined },
  });
  return { code, ...text };
}

describe('init --yes', () => {
  it.each(DRIVERS.flatMap((driver) => CLIENTS.map((client) => [driver, client] as const)))(
    'writes a configuration that is right: %s, %s',
    async (driver, client) => {
      expect(await init('--yes', '--driver', driver, '--client', client, '--name', 'A "b": #c')).toMatchObject({
        code: 0,
        err: '',
      });
      const config = await loadConfig({ cwd: dir });
      expect(config.app).toMatchObject({ name: 'A "b": #c', client });
      expect(config.driver.type).toBe(driver);
    },
  );

  it.each(['http', 'browser'] as const)(
    'brings the callback to where the application is served: %s',
    async (driver) => {
      await init('--yes', '--driver', driver);
      const { app, driver: served } = await loadConfig({ cwd: dir });
      const { origin } = new URL('baseUrl' in served ? served.baseUrl : '');
      expect(app.redirectUris.map((uri) => new URL(uri).origin)).toEqual([origin]);
    },
  );

  it('takes a web application for a confidential client, unless it is said to be public', async () => {
    await init('--yes', '--driver', 'http');
    expect((await loadConfig({ cwd: dir })).app.client).toBe('confidential');
    await rm(join(dir, 'conformance.config.yaml'));
    await init('--yes', '--driver', 'http', '--client', 'public');
    expect((await loadConfig({ cwd: dir })).app.client).toBe('public');
  });

  it('keeps reports out of the repository, once, and leaves the rest of .gitignore as it is', async () => {
    expect((await init('--yes')).out).toContain('wrote .gitignore');
    const own = await readFile(join(dir, '.gitignore'), 'utf8');
    expect(own).toBe('# Reports of sf-conformance\n/reports/runs/\n/conformance-reports/\n');
    await rm(join(dir, 'conformance.config.yaml'));
    expect((await init('--yes')).out).not.toContain('.gitignore');
    await rm(join(dir, 'conformance.config.yaml'));
    await writeFile(join(dir, '.gitignore'), 'node_modules\nreports/runs');
    expect((await init('--yes')).out).toContain('added the report folders to .gitignore');
    expect(await readFile(join(dir, '.gitignore'), 'utf8')).toBe(
      'node_modules\nreports/runs\n# Reports of sf-conformance\n/conformance-reports/\n',
    );
  });

  it.each([60, 100])('says what comes next in lines of at most %i columns', async (columns) => {
    const { out } = await initAt(columns, '--yes');
    expect(out).toContain('sf-conformance run');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('leaves alone what is there', async () => {
    await writeFile(join(dir, 'adapter.mjs'), 'mine');
    expect((await init('--yes')).out).toContain('kept  adapter.mjs');
    expect(await readFile(join(dir, 'adapter.mjs'), 'utf8')).toBe('mine');
    expect(await init('--yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is a configuration already'),
    });
  });

  it('asks nothing without a terminal', async () => {
    expect(await init()).toMatchObject({ code: 2, err: expect.stringContaining('init --yes') });
    await expect(stat(join(dir, 'conformance.config.yaml'))).rejects.toThrow();
  });
});

it('shows the real defaults in its comments', () => {
  const { text } = configDraft(DEFAULTS);
  const full = parse(text.replaceAll(/^( *)# (?=(?: *\w+:| {2}))/gmu, '$1'));
  expect(full).toMatchObject({ run: { timeoutMs: 30_000 }, mock: { policy: 'strict' }, app: { sharedStore: false } });
});

it('writes a workflow that keeps the report whatever the verdict', () => {
  const { jobs } = parse(workflowDraft().text);
  const steps = jobs.conformance.steps as Record<string, unknown>[];
  expect(steps.at(-1)).toMatchObject({ if: 'always()' });
});
