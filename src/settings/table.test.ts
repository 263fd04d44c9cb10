import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkSettings, type CheckSettingsOptions } from './check-settings.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';
import { connectedApp, ecaFiles, type Switches } from './fixtures/shapes.ts';

const ON: Switches = { pkce: 'true', rtr: 'true', secretOptional: 'false', secretOnRefresh: 'true' };
const SECRET = '<consumerSecret>8A5C2F0E9B7D4C31A6E2F9D07B3C5A1E</consumerSecret>';

let folder: ProjectFolder;
beforeEach(async () => {
  folder = await projectFolder();
});
afterEach(() => folder.remove());

const check = (options: Partial<CheckSettingsOptions> = {}) =>
  checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-06-01', ...options });

const apps = (count: number, content: (index: number) => string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`apps/App${String(index)}.connectedApp-meta.xml`, content(index)]),
  );

describe('findings with one remedy', () => {
  it('are one group: 27 apps fit on a few pages', async () => {
    await folder.write(
      apps(27, (index) =>
        connectedApp(index % 3 === 0 ? {} : { pkce: 'false', rtr: 'false', secretOnRefresh: 'false', more: SECRET }, {
          scopes: ['Full'],
        }),
      ),
    );
    const { output, report } = await check();
    expect(report.findings.length).toBeGreaterThan(150);
    expect(output.split('\n').length).toBeLessThan(200);
    expect(output.match(/To do: Set isPkceRequired to true/g)).toHaveLength(1);
    expect(output.match(/Write: <isPkceRequired>/g)).toHaveLength(1);
    for (const { verdict, place } of report.findings.filter((one) => one.verdict === 'fail')) {
      expect(verdict).toBe('fail');
      expect(output).toContain(`${place?.file ?? ''}:${String(place?.line)}`);
    }
    expect(report.findings.filter(({ verdict }) => verdict === 'fail')).toHaveLength(36);
  });

  it('say what each rule informs of by itself', async () => {
    await folder.write({ 'a/A.connectedApp-meta.xml': connectedApp(null) });
    const { output } = await check();
    expect(output).toMatch(/^i Information {2}SET-DATE-1$/m);
    expect(output).toContain('Connected App "A" has no oauthConfig');
    expect(output).not.toContain('Each Connected App');
  });

  it('keep what is said of one file alone', async () => {
    await folder.write({
      'a/A.connectedApp-meta.xml': '<ConnectedApp',
      'a/B.connectedApp-meta.xml': '<ConnectedApp xmlns="urn:other"/>',
      'a/C.connectedApp-meta.xml': connectedApp({
        rtr: 'true',
        more: '<!-- <isPkceRequired>true</isPkceRequired> -->',
      }),
      'a/D.connectedApp-meta.xml': connectedApp({ rtr: 'true' }),
    });
    const text = (await check()).output.replace(/\s+/g, ' ');
    for (const part of ['Not well-formed XML', 'the namespace "urn:other"', 'in a comment in line 8'])
      expect(text).toContain(part);
  });
});

describe('what to do', () => {
  it('about credentials is said of the file that has them', async () => {
    await folder.write({
      ...ecaFiles('force-app', 'Tracked', ON),
      'a/Secret.connectedApp-meta.xml': connectedApp({ ...ON, more: SECRET }),
    });
    folder.commit('2025-01-01');
    const { report } = await check();
    const found = report.findings.filter(({ rule, verdict }) => rule === 'SET-SEC-1' && verdict === 'warn');
    const remedies = Object.fromEntries(found.map(({ app, remedy }) => [app, remedy]));
    expect(remedies.Tracked).toMatch(/git rm --cached/);
    expect(remedies.Tracked).not.toMatch(/secret/i);
    expect(remedies.Secret).toMatch(/^Remove the secret/);
    expect(remedies.Secret).not.toMatch(/git rm/);
  });

  it('until when is said of requirements that have such a day', async () => {
    await folder.write(ecaFiles('force-app', 'Acme', ON));
    const { report, output } = await check();
    const due = Object.fromEntries(report.requirements.map((one) => [one.id, one.due]));
    expect(due).toEqual({
      'SF-PKCE-ENABLED': '2026-05-11',
      'SF-RTR-ENABLED': '2026-05-11',
      'SF-ECA-FOR-NEW': undefined,
      'SF-INCIDENT-REPORTING': undefined,
    });
    expect(output.match(/\(due 2026-05-11\)/g)).toHaveLength(2);
  });
});
