import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkSettings, type CheckSettingsOptions } from './check-settings.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';
import {
  connectedApp,
  connectedAppReference,
  eca,
  ecaFiles,
  globalOauth,
  NS,
  type Switches,
} from './fixtures/shapes.ts';

const ON: Switches = { pkce: 'true', rtr: 'true', secretOptional: 'false', secretOnRefresh: 'true' };
const CA = 'force-app/connectedApps/Acme.connectedApp-meta.xml';

let folder: ProjectFolder;
beforeEach(async () => {
  folder = await projectFolder();
});
afterEach(() => folder.remove());

const check = (options: Partial<CheckSettingsOptions> = {}) =>
  checkSettings({ paths: ['.'], cwd: folder.root, today: '2026-04-01', ...options });

describe('a file that was named and is not the metadata of an app', () => {
  const OTHERS = {
    'README.md': '# Acme <b>Sync</b>',
    'logo.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]),
    'package.xml': `<Package xmlns="${NS}"><version>62.0</version></Package>`,
    'A.cls-meta.xml': `<ApexClass xmlns="${NS}"/>`,
    empty: '',
  };

  it.each(Object.keys(OTHERS))('alone is wrong usage: %s', async (name) => {
    await folder.write(OTHERS);
    await expect(check({ paths: [name] })).rejects.toMatchObject({
      exit: 2,
      code: 'settings-none',
      hint: expect.stringContaining(name) as string,
    });
  });

  it('beside an app is named once, and changes nothing', async () => {
    await folder.write({ ...OTHERS, [CA]: connectedApp(ON) });
    const { exit, report } = await check({ paths: [CA, ...Object.keys(OTHERS)] });
    expect([exit, report.settings.files]).toEqual([0, 1]);
    const found = report.findings.filter(({ rule }) => rule === 'SET-SRC-1');
    expect(found).toHaveLength(1);
    for (const name of Object.keys(OTHERS)) expect(found[0]?.message).toContain(name);
  });

  it('but tries to be one is not passed over', async () => {
    await folder.write({ 'export.txt': '<ConnectedApp xmlns="' });
    const { exit, report } = await check({ paths: ['export.txt'] });
    expect([exit, report.findings[0]?.rule]).toEqual([3, 'SET-VAL-1']);
  });
});

describe('names with a namespace', () => {
  it('get a hint when files of an External Client App miss each other by it', async () => {
    await folder.write({
      'x/Acme.eca-meta.xml': eca(),
      'x/Acme.ecaGlblOauth-meta.xml': globalOauth('acme_ns__Acme', ON),
    });
    const { exit, report } = await check();
    expect(exit).toBe(3);
    for (const rule of ['SET-ECA-SRC-1', 'SET-ECA-SRC-2']) {
      const found = report.findings.find((one) => one.rule === rule && one.verdict !== 'pass');
      expect(found?.diagnosis).toMatch(/"acme_ns__Acme".*"Acme".*namespace/);
    }
  });

  it('give no hint where there is none', async () => {
    await folder.write({ 'x/Acme.eca-meta.xml': eca(), 'x/O.ecaGlblOauth-meta.xml': globalOauth('Other', ON) });
    expect((await check()).report.findings.every(({ diagnosis }) => diagnosis === undefined)).toBe(true);
  });

  it('join a package reference and the app that was retrieved from the packaging org', async () => {
    await folder.write({ [CA]: connectedAppReference('ns__Acme'), 'tmp/Acme.connectedApp-meta.xml': connectedApp(ON) });
    expect((await check()).exit).toBe(0);
    const { report } = await check({ rules: 'sf-partner-2026-11' });
    expect(report.findings.filter(({ rule }) => rule === 'SET-TTL-1').map(({ app }) => app)).toEqual(['Acme']);
    await folder.write({ 'tmp/Acme.connectedApp-meta.xml': connectedApp({ ...ON, rtr: 'false' }) });
    expect((await check()).exit).toBe(1);
  });
});

describe('destructive changes', () => {
  const deleting = (...names: readonly string[]) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${NS}">\n    <types>\n${names.map((name) => `        <members>${name}</members>\n`).join('')}        <name>ConnectedApp</name>\n    </types>\n</Package>\n`;

  it('that delete an app say so, and an app that they delete has not lost its settings', async () => {
    await folder.write({ [CA]: connectedApp(ON), 'x/Other.connectedApp-meta.xml': connectedApp(ON) });
    const good = folder.commit('2025-01-05');
    folder.git('rm', '-q', CA);
    await folder.write({
      'manifest/destructiveChangesPost.xml': deleting('Old', 'Acme'),
      'sfdx-project.json': '{"packageDirectories":[{"path":"x"}]}',
    });
    const { exit, report } = await check({ since: good });
    expect(exit).toBe(0);
    const about = report.findings.filter(({ app, verdict }) => app === 'Acme' && verdict !== 'pass');
    expect(about.map(({ rule, verdict }) => [rule, verdict]).sort()).toEqual([
      ['SET-DEL-1', 'info'],
      ['SET-REG-1-PKCE', 'info'],
      ['SET-REG-1-RTR', 'info'],
    ]);
    expect(about[0]?.message).toContain('manifest/destructiveChangesPost.xml');
    expect(about.find(({ rule }) => rule === 'SET-DEL-1')?.place?.line).toBe(5);
  });

  it('alone hold no app to grade', async () => {
    await folder.write({ 'destructiveChanges.xml': deleting('Acme') });
    await expect(check()).rejects.toMatchObject({
      code: 'settings-none',
      hint: expect.stringContaining('Connected App "Acme"') as string,
    });
  });

  it('of other types are nothing to speak of', async () => {
    await folder.write({
      [CA]: connectedApp(ON),
      'destructiveChanges.xml': deleting('A').replace('ConnectedApp', 'ApexClass'),
    });
    expect((await check()).report.findings.some(({ rule }) => rule === 'SET-DEL-1')).toBe(false);
  });
});

describe('credentials in callback URLs', () => {
  const SECRET = 'Zq7pL0wX2nV9';
  it.each([
    [`https://ops:${SECRET}@app.example.com/cb`],
    [`https://app.example.com/cb?api_key=${SECRET}&amp;tenant=7`],
    [`https://app.example.com/cb?x=1#token=${SECRET}`],
    [`myapp://user:${SECRET}@cb`],
    [`https://app.example.com/cb?c=${SECRET}${SECRET}`],
    [`https://app.example.com/hooks/${SECRET}${SECRET}/cb`],
    [`https://app.example.com/cb?password=${SECRET.replace('7', '%37')}`],
  ])('are never written: %s', async (callback) => {
    await folder.write({ [CA]: connectedApp(ON, { callback }), ...ecaFiles('x', 'Other', { ...ON }) });
    const uri = callback.replaceAll('&amp;', '&');
    const client = {
      kind: 'connected-app',
      client: 'confidential',
      redirectUris: [uri, `${uri}x`],
      scopes: [],
    } as const;
    for (const format of ['table', 'json', 'sarif'] as const) {
      const { output } = await check({ format, client });
      expect(output).not.toContain(SECRET);
      expect(output).not.toContain(SECRET.slice(2));
    }
  });

  it('do not keep redirect URIs from being compared', async () => {
    const uri = `https://ops:${SECRET}@app.example.com/cb?api_key=${SECRET}`;
    await folder.write({ [CA]: connectedApp(ON, { callback: uri }) });
    const client = { kind: 'connected-app', client: 'confidential', redirectUris: [uri], scopes: [] } as const;
    const { report } = await check({ client });
    expect(report.findings.find(({ rule }) => rule === 'SET-CROSS-CALLBACK')?.verdict).toBe('pass');
    expect(report.settings.apps[0]?.oauth[0]?.callbackUrls).toEqual(['https://***@app.example.com/cb?api_key=***']);
  });

  it.each([
    'https://app.example.com/callback?next=%2Fhome&tenant=acme-prod',
    'https://@HOST@/cb',
    'https://${USER}:${PASS}@app.example.com/cb',
    'http://localhost:1717/OauthRedirect',
    'com.example.app://oauth/callback',
    'https://login.example.com/f47ac10b-58cc-4372-a567-0e02b2c3d479/cb',
  ])('are not seen where there are none: %s', async (callback) => {
    await folder.write({ [CA]: connectedApp(ON, { callback: callback.replaceAll('&', '&amp;') }) });
    expect((await check()).report.settings.apps[0]?.oauth[0]?.callbackUrls).toEqual([callback]);
  });
});
