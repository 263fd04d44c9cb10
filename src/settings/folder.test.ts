import { access, mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkSettings, type CheckSettingsOptions } from './check-settings.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';
import { connectedApp, type Switches } from './fixtures/shapes.ts';
import { zipFile } from './fixtures/zip-file.ts';

const ON: Switches = { pkce: 'true', rtr: 'true', secretOptional: 'false', secretOnRefresh: 'true' };
const CA = 'force-app/connectedApps/Acme.connectedApp-meta.xml';

let folder: ProjectFolder;
beforeEach(async () => {
  folder = await projectFolder();
});
afterEach(() => folder.remove());

const check = (options: Partial<CheckSettingsOptions> = {}) =>
  checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-04-01', ...options });

describe('a folder', () => {
  it.each([
    ['a file', 'Link.connectedApp-meta.xml', '/etc/passwd'],
    ['a file that is not there', 'Link.connectedApp-meta.xml', 'nowhere'],
    ['a folder of such files', 'connectedApps/externalClientApps', '..'],
  ])(
    'a link called like metadata that leads to %s elsewhere is reported, not read and not passed over',
    async (_, name, to) => {
      await folder.write({ [`force-app/${CA}`]: connectedApp(ON), 'force-app/connectedApps/x': '' });
      await symlink(to === '..' ? folder.root : to, join(folder.root, 'force-app', name));
      const { exit, report } = await check({ paths: ['force-app'] });
      expect(exit).toBe(3);
      expect(report.findings[0]).toMatchObject({ rule: 'SET-VAL-1', place: { file: `force-app/${name}` } });
      expect(report.settings.files).toBe(1);
    },
  );

  it('what a link leads to may be named as well', async () => {
    await folder.write({ 'a/x': '', [CA]: connectedApp(ON) });
    await symlink(join(folder.root, CA), join(folder.root, 'a', 'Acme.connectedApp-meta.xml'));
    expect((await check({ paths: ['a', 'force-app'] })).exit).toBe(0);
  });

  it('reads no device, which never ends, where a project file is looked for', { timeout: 20_000 }, async () => {
    await folder.write({ 'a/Acme.connectedApp-meta.xml': connectedApp({}), 'b/x': '' });
    await symlink('/dev/zero', join(folder.root, 'a', 'sfdx-project.json'));
    await symlink('/dev/zero', join(folder.root, 'a', 'package.xml'));
    expect((await check({ paths: ['a'] })).exit).toBe(3);
  });

  it('reads no more than 16 MiB in all, and says what it left', async () => {
    const content = Buffer.alloc(1_000_000, 'x');
    await folder.write(
      Object.fromEntries(Array.from({ length: 18 }, (_, index) => [`${String(index)}.connectedApp`, content])),
    );
    const { exit, report } = await check();
    expect(exit).toBe(3);
    expect(report.findings.filter(({ message }) => message.includes('this one was not read'))).toHaveLength(2);
  });

  it('a small zip file with very many elements is read as far as is sensible', async () => {
    const content = `<ExtlClntAppOauthSettings xmlns="http://soap.sforce.com/2006/04/metadata">${'<a/>'.repeat(19_900)}</ExtlClntAppOauthSettings>`;
    const names = Array.from({ length: 60 }, (_, index) => `${String(index)}.ecaOauth`);
    await folder.write({ 'a.zip': zipFile(names.map((name) => ({ name, content }))) });
    const { exit, report } = await check({ paths: ['a.zip'] });
    expect(exit).toBe(3);
    expect(report.settings.files).toBe(21);
    expect(report.settings.problems.filter(({ code }) => code === 'too-many')).toHaveLength(1);
  });

  it('passes over what macOS lays beside a file', async () => {
    await folder.write({ [CA]: connectedApp(ON), 'force-app/connectedApps/._Acme.connectedApp-meta.xml': '\0junk' });
    expect((await check()).exit).toBe(0);
  });

  it('knows a zip file that was named by what is in it, whatever it is called', async () => {
    await folder.write({ retrieved: zipFile([{ name: 'A.connectedApp', content: connectedApp(ON) }]) });
    const { exit, report } = await check({ paths: ['retrieved'] });
    expect([exit, report.settings.apps[0]?.place.file]).toEqual([0, 'retrieved!/A.connectedApp']);
  });
});

describe('places', () => {
  const PLACES = ['a/x/Acme', 'b/x/Acme', 'c/x/Acme'].map((name) => `project/${name}.connectedApp-meta.xml`);

  it.each([
    ['beside the working directory', 'elsewhere/deep', '../../project'],
    ['above it', 'project/a', '..'],
    ['below it', '.', 'project'],
    ['reached through a link', 'link', '../project'],
  ])('are distinct and lead to the file from the working directory: %s', async (_, from, path) => {
    await folder.write(Object.fromEntries(PLACES.map((file) => [file, connectedApp({ ...ON, pkce: 'false' })])));
    await mkdir(join(folder.root, 'elsewhere/deep'), { recursive: true });
    await symlink(join(folder.root, 'elsewhere'), join(folder.root, 'link'));
    const cwd = join(folder.root, from);
    const { report, output } = await check({
      cwd,
      paths: [from === 'link' ? join(folder.root, 'project') : path],
      format: 'sarif',
    });
    const files = report.findings.filter(({ rule }) => rule === 'SET-CA-PKCE-1').map(({ place }) => place?.file ?? '');
    const log = JSON.parse(output) as {
      runs: [
        { results: { ruleId: string; locations: [{ physicalLocation: { artifactLocation: { uri: string } } }] }[] },
      ];
    };
    const uris = log.runs[0].results
      .filter(({ ruleId }) => ruleId === 'SET-CA-PKCE-1')
      .map(({ locations }) => decodeURIComponent(locations[0].physicalLocation.artifactLocation.uri));
    expect([new Set(files).size, new Set(uris).size]).toEqual([3, 3]);
    for (const file of [...files, ...uris])
      await access(resolve(from === 'link' ? join(folder.root, 'elsewhere') : cwd, file));
  });
});
