import { access, chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkSettings, type CheckSettingsOptions } from './check-settings.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';
import { connectedApp, ecaFiles, type Switches } from './fixtures/shapes.ts';

const ON: Switches = { pkce: 'true', rtr: 'true', secretOptional: 'false', secretOnRefresh: 'true' };
const CA = 'force-app/connectedApps/Acme.connectedApp-meta.xml';

let folder: ProjectFolder;
beforeEach(async () => {
  folder = await projectFolder();
});
afterEach(() => folder.remove());

const check = (options: Partial<CheckSettingsOptions> = {}) =>
  checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-04-01', ...options });
const open = async (options: Partial<CheckSettingsOptions> = {}) =>
  (await check(options)).report.findings.filter(({ verdict }) => verdict === 'fail').map(({ rule }) => rule);

describe('against a git revision', () => {
  it('a switch that went from true to false is a failure of its own', async () => {
    await folder.write({ [CA]: connectedApp(ON) });
    const good = folder.commit('2026-01-05');
    await folder.write({ [CA]: connectedApp({ ...ON, rtr: 'false' }) });
    expect(await open({ since: good })).toEqual(['SET-CA-RTR-1', 'SET-REG-1-RTR']);
    expect(await open({ paths: [CA], since: good })).toContain('SET-REG-1-RTR');
    expect(await open({ paths: ['force-app'], since: 'HEAD' })).toContain('SET-REG-1-RTR');
    expect(await open()).toEqual(['SET-CA-RTR-1']);
  });

  it('the summary says that a switch was switched off again', async () => {
    await folder.write({ [CA]: connectedApp(ON) });
    const good = folder.commit('2026-01-05');
    await folder.write({ [CA]: connectedApp({ ...ON, rtr: 'false' }) });
    expect((await check({ since: good })).report.summary).toContain('Switched off again since the earlier state');
    expect((await check()).report.summary).not.toContain('again');
  });

  it('a file that is gone or renamed is a question, whatever else passes', async () => {
    await folder.write({ [CA]: connectedApp(ON) });
    const good = folder.commit('2026-01-05');
    folder.git('mv', CA, 'force-app/connectedApps/New.connectedApp-meta.xml');
    const { exit, report } = await check({ since: good });
    expect(exit).toBe(0);
    expect(report.findings.filter(({ rule }) => rule.startsWith('SET-REG')).map(({ verdict }) => verdict)).toEqual([
      'review',
      'review',
    ]);
    expect(report.requirements.find(({ id }) => id === 'SF-PKCE-ENABLED')?.verdict).toBe('review');
  });

  it('starts no program that the configuration of the repository names', async () => {
    await folder.write({ [CA]: connectedApp(ON), 'gpg.sh': '#!/bin/sh\ntouch "$(dirname "$0")/ran"\nexit 1\n' });
    await chmod(join(folder.root, 'gpg.sh'), 0o755);
    const unsigned = folder.git('cat-file', 'commit', folder.commit('2026-01-05'));
    const block = '-----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----';
    await folder.write({ signed: unsigned.replace('\n\n', `\ngpgsig ${block}\n\n`) });
    const signed = folder.git('hash-object', '-t', 'commit', '-w', 'signed').trim();
    folder.git('update-ref', 'HEAD', signed);
    folder.git('config', 'log.showSignature', 'true');
    folder.git('config', 'gpg.program', join(folder.root, 'gpg.sh'));
    await check({ since: signed });
    await expect(access(join(folder.root, 'ran'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a switch that was taken out is one too, also when the file has moved', async () => {
    await folder.write(ecaFiles('force-app', 'Acme', ON));
    const good = folder.commit('2026-01-05');
    folder.git('mv', 'force-app', 'packages');
    await folder.write(ecaFiles('packages', 'Acme', { rtr: 'true' }));
    expect(await open({ since: good })).toEqual(['SET-REG-1-PKCE']);
  });

  it('warns of a global file that git tracks, and not of one that it ignores', async () => {
    await folder.write(ecaFiles('force-app', 'Acme', ON));
    folder.commit('2026-01-05');
    const warned = async () =>
      (await check()).report.findings.some((one) => one.rule === 'SET-SEC-1' && one.verdict === 'warn');
    expect(await warned()).toBe(true);
    await folder.write({ '.gitignore': '*.ecaGlblOauth-meta.xml\n' });
    folder.git('rm', '-r', '-q', '--cached', 'force-app/extlClntAppGlobalOauthSets');
    folder.commit('2026-01-06');
    expect(await warned()).toBe(false);
  });

  it.each([
    ['an unknown revision', 'nowhere'],
    ['an option in place of a revision', '--output=/tmp/x'],
    ['nothing', ''],
  ])('%s is wrong usage', async (_, since) => {
    await folder.write({ [CA]: connectedApp(ON) });
    folder.commit('2026-01-05');
    await expect(check({ since })).rejects.toMatchObject({ code: 'settings-revision', exit: 2 });
  });

  it('without a repository is wrong usage, and speaks of no shallow clone', async () => {
    await folder.write({ [CA]: connectedApp(ON) });
    await expect(check({ since: 'HEAD' })).rejects.toMatchObject({
      code: 'settings-revision',
      hint: expect.not.stringContaining('shallow') as string,
    });
  });
});

describe('against an earlier report', () => {
  it('a switch that went off is a failure of its own', async () => {
    await folder.write({ [CA]: connectedApp(ON) });
    const before = await check({ format: 'json' });
    await folder.write({ 'before.json': before.output, [CA]: connectedApp({ ...ON, pkce: 'false' }) });
    expect(await open({ paths: ['force-app'], baseline: 'before.json' })).toEqual(['SET-CA-PKCE-1', 'SET-REG-1-PKCE']);
  });

  it('so is one of a run, from its history', async () => {
    await folder.write({ [CA]: connectedApp(ON) });
    const { report } = await check();
    const lines = [
      { seq: 1, kind: 'run-begin' },
      { seq: 2, kind: 'settings', facts: report.settings },
    ];
    await folder.write({
      'run/history.jsonl': lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      [CA]: connectedApp({ ...ON, pkce: 'false' }),
    });
    expect(await open({ paths: ['force-app'], baseline: 'run' })).toContain('SET-REG-1-PKCE');
    await folder.write({ 'run/report.json': '{"schemaVersion":1}' });
    expect(await open({ paths: ['force-app'], baseline: 'run/report.json' })).toContain('SET-REG-1-PKCE');
  });

  it.each([
    ['is not there', {}],
    ['is no JSON', { 'before.json': 'no' }],
    ['holds no settings', { 'before.json': '{"schemaVersion":1}' }],
    ['is a folder without a history', { 'before.json/x': '' }],
  ])('that %s is wrong usage', async (_, files) => {
    await folder.write({ [CA]: connectedApp(ON), ...files });
    await expect(check({ paths: ['force-app'], baseline: 'before.json' })).rejects.toMatchObject({
      code: 'settings-baseline',
      exit: 2,
    });
  });
});
