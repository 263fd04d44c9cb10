import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkSettings, type CheckSettingsOptions } from './check-settings.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';
import { connectedApp, ecaFiles, type Switches } from './fixtures/shapes.ts';
import { zipFile } from './fixtures/zip-file.ts';

const ON: Switches = { pkce: 'true', rtr: 'true', secretOptional: 'false', secretOnRefresh: 'true' };
const OFF: Switches = { ...ON, pkce: 'false', rtr: 'false' };
const app = (path: string, switches: Switches) => ({ [`${path}.connectedApp-meta.xml`]: connectedApp(switches) });
const project = (...paths: readonly string[]) => ({
  'sfdx-project.json': JSON.stringify({
    packageDirectories: paths.map((path) => ({ path })),
    sourceApiVersion: '62.0',
  }),
});

let folder: ProjectFolder;
beforeEach(async () => {
  folder = await projectFolder();
});
afterEach(() => folder.remove());

const check = (options: Partial<CheckSettingsOptions> = {}) =>
  checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-04-01', ...options });
const graded = async (...paths: readonly string[]) => {
  const { report } = await check({ paths });
  return report.settings.apps.map(({ name }) => name).sort();
};

describe('a project', () => {
  it('is graded in its package directories, and what is left out is named once', async () => {
    await folder.write({
      ...project('force-app', './src/core/'),
      '.forceignore': '# not deployed\n**/templates/**\n',
      ...app('force-app/main/connectedApps/In', ON),
      ...app('src/core/Core', ON),
      ...app('src/backup/Old', OFF),
      ...app('backup/2025/In', OFF),
      ...app('force-app/templates/Template', OFF),
    });
    const { report, exit, output } = await check();
    expect(exit).toBe(0);
    expect(report.settings.apps.map(({ name }) => name).sort()).toEqual(['Core', 'In']);
    const notes = report.findings.filter(({ rule }) => rule === 'SET-SRC-1');
    expect(notes).toMatchObject([{ verdict: 'info' }]);
    for (const part of [
      '3 files',
      'packageDirectories',
      '.forceignore',
      'backup/2025/In',
      'src/backup/Old',
      'templates/Template',
    ])
      expect(notes[0]?.message).toContain(part);
    expect(output.match(/backup\/2025/g)).toHaveLength(1);
  });

  it('is graded where a path names a place outside its packages, or a file', async () => {
    await folder.write({
      ...project('force-app'),
      '.forceignore': '*.ecaGlblOauth-meta.xml\nforce-app/draft\n',
      ...app('force-app/In', ON),
      ...app('force-app/draft/Draft', ON),
      ...ecaFiles('unpackaged', 'Acme', ON),
    });
    expect(await graded('.')).toEqual(['In']);
    expect(await graded('force-app')).toEqual(['In']);
    expect(await graded('force-app', 'unpackaged')).toEqual(['Acme', 'In']);
    expect((await check({ paths: ['force-app', 'unpackaged'] })).exit).toBe(0);
    expect(await graded('force-app/draft')).toEqual(['Draft']);
    expect(await graded('force-app/draft/Draft.connectedApp-meta.xml')).toEqual(['Draft']);
  });

  it('keeps an ignored file that cannot be packaged with its app', async () => {
    await folder.write({
      ...project('force-app'),
      '.forceignore': '**/*.ecaGlblOauth-meta.xml\n**/*.ecaOauthPlcy-meta.xml\n**/template/**\n',
      ...ecaFiles('force-app/main', 'Acme', ON),
      ...ecaFiles('force-app/template', 'Template', OFF),
    });
    expect(await graded('.')).toEqual(['Acme']);
    expect((await check()).exit).toBe(0);
  });

  it('points to a left-out file with the settings of a graded app', async () => {
    const global = 'extlClntAppGlobalOauthSets/Acme_glbloauth.ecaGlblOauth-meta.xml';
    const { [`x/${global}`]: settings = '', ...rest } = ecaFiles('x', 'Acme', ON);
    await folder.write({ ...project('x'), ...rest, [`elsewhere/${global}`]: settings });
    const { report, exit } = await check();
    expect(exit).toBe(3);
    expect(report.findings.find(({ rule }) => rule === 'SET-ECA-SRC-1')?.remedy).toContain(`elsewhere/${global}`);
  });

  it.each([
    [
      'one project inside another',
      {
        ...project('force-app'),
        ...app('inner/a/A', ON),
        'inner/sfdx-project.json': '{"packageDirectories":[{"path":"a"}]}',
      },
    ],
    ['a package directory that is the project', { ...project('.'), ...app('anywhere/A', ON) }],
    ['no package directories', { 'sfdx-project.json': '{}', ...app('anywhere/A', ON) }],
    ['a project file that is not JSON', { 'sfdx-project.json': '{', ...app('anywhere/A', ON) }],
    [
      'package directories of a wrong shape',
      { 'sfdx-project.json': '{"packageDirectories":[1,{"path":2}]}', ...app('anywhere/A', ON) },
    ],
    ['no project', { '.forceignore': '**', ...app('anywhere/A', ON) }],
  ])('grades everything that may be source: %s', async (_, files) => {
    await folder.write(files);
    expect(await graded('.')).toEqual(['A']);
  });

  it('all of which is left out is wrong usage that says so', async () => {
    await folder.write({ ...project('force-app'), ...app('backup/A', ON) });
    await expect(check()).rejects.toMatchObject({
      code: 'settings-none',
      hint: expect.stringContaining('backup/A.connectedApp-meta.xml') as string,
    });
  });

  it('is read so from an archive and from an earlier state', async () => {
    const files = {
      ...project('force-app'),
      ...app('force-app/A', OFF),
      ...app('backup/A', ON),
      ...app('backup/B', OFF),
    };
    const entries = Object.entries(files).map(([name, content]) => ({ name: `repo-main/${name}`, content }));
    await folder.write({ ...files, 'repo.zip': zipFile(entries) });
    const zip = (await check({ paths: ['repo.zip'] })).report;
    expect(zip.settings.apps.map(({ place }) => place.file)).toEqual([
      'repo.zip!/repo-main/force-app/A.connectedApp-meta.xml',
    ]);
    const commit = folder.commit('2026-01-05');
    const { report } = await check({ since: commit });
    expect(report.settings.baseline?.apps).toMatchObject([{ name: 'A', isPkceRequired: 'false' }]);
  });
});
