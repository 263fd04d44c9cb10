import { execFileSync } from 'node:child_process';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { checkSettings, type CheckSettingsOptions } from './check-settings.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';
import { connectedApp, type Switches } from './fixtures/shapes.ts';
import { arrivals } from './git-dates.ts';

const ON: Switches = { pkce: 'true', rtr: 'true', secretOptional: 'false', secretOnRefresh: 'true' };

let folder: ProjectFolder;
beforeEach(async () => {
  folder = await projectFolder();
});
afterEach(() => folder.remove());

const fresh = async (options: Partial<CheckSettingsOptions> = {}) => {
  const { report } = await checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-04-01', ...options });
  const found = report.findings.filter(({ rule }) => rule === 'SET-CA-NEW');
  return Object.fromEntries(found.map(({ app, verdict }) => [app ?? '', verdict]));
};

it("warns of a Connected App that came after Spring '26, by the day git saw it first", async () => {
  await folder.write({ 'a/Old.connectedApp-meta.xml': connectedApp(ON), 'b/Plain.connectedApp': connectedApp(ON) });
  const old = folder.commit('2025-11-01');
  await folder.write({ 'a/New \u00fc"1".connectedApp-meta.xml': connectedApp(ON) });
  folder.commit('2026-03-20');
  folder.git('mv', 'a/Old.connectedApp-meta.xml', 'Old.connectedApp-meta.xml');
  folder.git('mv', 'b/Plain.connectedApp', 'b/Plain.connectedApp-meta.xml');
  folder.commit('2026-03-21');
  for (const since of [{}, { since: old }]) {
    expect(await fresh(since)).toEqual({ 'New \u00fc"1"': 'warn', Old: 'pass', Plain: 'pass' });
  }
});

it('does not take files that came with the first or a bulk commit for new', async () => {
  await folder.write({ 'a/First.connectedApp-meta.xml': connectedApp(ON) });
  folder.commit('2026-03-01');
  const many = Array.from({ length: 30 }, (_, index) => [`c/C${String(index)}.cls`, 'class C {}'] as const);
  await folder.write({ ...Object.fromEntries(many), 'a/Bulk.connectedApp-meta.xml': connectedApp(ON) });
  folder.commit('2026-03-02');
  await folder.write({ 'a/New.connectedApp-meta.xml': connectedApp(ON) });
  folder.commit('2026-03-03');
  expect(await fresh()).toEqual({ First: 'review', Bulk: 'review', New: 'warn' });
});

it('knows nothing of a shallow clone, and nothing outside a repository', async () => {
  await folder.write({ 'a/A.connectedApp-meta.xml': connectedApp(ON) });
  expect((await arrivals([join(folder.root, 'a/A.connectedApp-meta.xml')])).size).toBe(0);
  folder.commit('2025-03-01');
  folder.commit('2025-03-02');
  folder.git('clone', '-q', '--depth', '1', `file://${folder.root}`, 'clone');
  expect((await arrivals([join(folder.root, 'clone/a/A.connectedApp-meta.xml')])).size).toBe(0);
  expect((await arrivals([join(folder.root, 'a/A.connectedApp-meta.xml')])).size).toBe(1);
});

it('starts git as often for twelve apps as for one', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `a/App${String(index)}.connectedApp-meta.xml`);
  await folder.write(Object.fromEntries(names.map((name) => [name, connectedApp(ON)])));
  folder.commit('2025-03-01');
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  await folder.write({ 'bin/git': `#!/bin/sh\necho x >>"${folder.root}/calls"\nexec ${real} "$@"\n` });
  await chmod(join(folder.root, 'bin/git'), 0o755);
  const path = process.env['PATH'] ?? '';
  const calls = async (paths: readonly string[]): Promise<number> => {
    await folder.write({ calls: '' });
    vi.stubEnv('PATH', `${join(folder.root, 'bin')}:${path}`);
    await checkSettings({ paths, cwd: folder.root, today: '2026-04-01' });
    vi.unstubAllEnvs();
    return (await readFile(join(folder.root, 'calls'), 'utf8')).length / 2;
  };
  expect(await calls(['a'])).toBe(await calls([names[0] ?? '']));
});
