import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkSettings, type CheckSettingsOptions } from './check-settings.ts';
import { projectFolder, type ProjectFolder } from './fixtures/project-folder.ts';
import { connectedApp, connectedAppReference, ecaFiles, globalOauth, type Switches } from './fixtures/shapes.ts';

const ON: Switches = { pkce: 'true', rtr: 'true', secretOptional: 'false', secretOnRefresh: 'true' };
const GLOBAL = 'force-app/extlClntAppGlobalOauthSets/Acme_glbloauth.ecaGlblOauth-meta.xml';
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

describe('an earlier state', () => {
  it('finds an app that was outside the named folder before its files moved into it', async () => {
    await folder.write({
      'old/connectedApps/Acme.connectedApp-meta.xml': connectedApp(ON),
      'x/Gone.connectedApp-meta.xml': connectedApp(ON),
    });
    const good = folder.commit('2026-01-05');
    folder.git('mv', 'old', 'force-app');
    folder.git('rm', '-q', 'x/Gone.connectedApp-meta.xml');
    await folder.write({ [CA]: connectedApp({ ...ON, pkce: 'false' }) });
    for (const paths of [['force-app'], ['force-app/connectedApps'], [CA]]) {
      const { report } = await check({ paths, since: good });
      expect(report.findings.filter(({ verdict }) => verdict === 'fail').map(({ rule }) => rule)).toContain(
        'SET-REG-1-PKCE',
      );
      expect(report.findings.some(({ app }) => app === 'Gone')).toBe(false);
    }
  });

  it('does not compare with another app of the same name that is still where it was', async () => {
    await folder.write({
      'a/Acme.connectedApp-meta.xml': connectedApp(ON),
      'b/Acme.connectedApp-meta.xml': connectedApp({ ...ON, pkce: 'false' }),
    });
    const good = folder.commit('2026-01-05');
    expect(await open({ paths: ['b'], since: good })).toEqual(['SET-CA-PKCE-1']);
  });

  it('follows a file of an External Client App that moved into the named folder', async () => {
    await folder.write(ecaFiles('force-app', 'Acme', ON));
    folder.git('init', '-q');
    folder.git('add', '-A');
    folder.git('mv', 'force-app/extlClntAppGlobalOauthSets', 'unpackaged');
    const good = folder.commit('2026-01-05');
    folder.git('mv', 'unpackaged', 'force-app/extlClntAppGlobalOauthSets');
    await folder.write(ecaFiles('force-app', 'Acme', { ...ON, rtr: 'false' }));
    expect(await open({ paths: ['force-app'], since: good })).toEqual(['SET-ECA-RTR-1', 'SET-REG-1-RTR']);
  });

  const unknown = async (options: Partial<CheckSettingsOptions>) =>
    (await check(options)).report.findings.filter(
      ({ rule, verdict }) => rule.startsWith('SET-REG') && verdict === 'inconclusive',
    );

  it.each([
    ['broken XML', '<ConnectedApp'],
    ['a placeholder', connectedApp({ ...ON, pkce: '${PKCE}' })],
    ['a package reference', connectedAppReference('acme__Acme')],
  ])('names an earlier state that cannot be read, and does not take it for off: %s', async (_, before) => {
    await folder.write({ [CA]: before, 'b/Fine.connectedApp-meta.xml': connectedApp(ON) });
    const good = folder.commit('2026-01-05');
    await folder.write({ [CA]: connectedApp({ ...ON, pkce: 'false' }) });
    const [finding, ...more] = await unknown({ since: good });
    expect(finding).toMatchObject({ rule: 'SET-REG-1-PKCE' });
    expect(finding?.message).toContain(`the earlier state (git ${good.slice(0, 8)})`);
    expect(finding?.message).toContain('Acme');
    expect(more).toEqual([]);
    await folder.write({ [CA]: connectedApp(ON) });
    expect(await unknown({ since: good })).toEqual([]);
  });

  it('names an earlier file that cannot be read and does not name its app', async () => {
    await folder.write({ ...ecaFiles('force-app', 'Acme', ON), [GLOBAL]: '<Extl' });
    const good = folder.commit('2026-01-05');
    await folder.write({ [GLOBAL]: globalOauth('Acme', { ...ON, rtr: 'false' }) });
    const found = await unknown({ since: good });
    expect(found.map(({ rule }) => rule)).toEqual(['SET-REG-1-RTR']);
    expect(found[0]?.message).toMatch(/the earlier state \(git .*Acme/);
  });

  it('an earlier External Client App without its global file was not seen to be off', async () => {
    const { [GLOBAL]: _, ...committed } = ecaFiles('force-app', 'Acme', ON);
    await folder.write(committed);
    const good = folder.commit('2026-01-05');
    await folder.write({ [GLOBAL]: globalOauth('Acme', ON) });
    expect(await unknown({ since: good })).toEqual([]);
    expect((await check({ since: good })).exit).toBe(0);
    await folder.write({ [GLOBAL]: globalOauth('Acme', { ...ON, pkce: 'false' }) });
    const found = await unknown({ since: good });
    expect(found.map(({ rule }) => rule)).toEqual(['SET-REG-1-PKCE']);
    expect(found[0]?.message).toContain(`the earlier state (git ${good.slice(0, 8)})`);
  });

  it('a second path outside the repository is not compared, and says so', async () => {
    const outside = await projectFolder();
    const { [GLOBAL]: _, ...committed } = ecaFiles('force-app', 'Acme', ON);
    await folder.write(committed);
    const good = folder.commit('2026-01-05');
    const paths = ['force-app', outside.root];
    await outside.write({ 'Acme.ecaGlblOauth-meta.xml': globalOauth('Acme', ON) });
    expect((await check({ paths, since: good })).exit).toBe(0);
    expect((await check({ paths: [...paths].reverse(), since: good })).exit).toBe(0);
    await outside.write({ 'Other.connectedApp-meta.xml': connectedApp({ ...ON, rtr: 'false' }) });
    const found = await unknown({ paths, since: good });
    expect(
      found.map(({ rule, message }) => [rule, message.includes('Other'), message.includes('the earlier state (git')]),
    ).toEqual([['SET-REG-1-RTR', true, true]]);
    await outside.remove();
  });

  it('a Connected App that an External Client App of the same name replaced is not lost', async () => {
    await folder.write({ [CA]: connectedApp(ON) });
    const good = folder.commit('2026-01-05');
    folder.git('rm', '-q', CA);
    await folder.write(ecaFiles('force-app', 'Acme', { ...ON, rtr: 'false' }));
    const { report, exit } = await check({ since: good });
    expect(exit).toBe(1);
    const regressions = report.findings.filter(({ rule }) => rule.startsWith('SET-REG'));
    expect(regressions.map(({ rule, verdict, message }) => [rule, verdict, message.includes('replaced')])).toEqual([
      ['SET-REG-1-RTR', 'info', true],
      ['SET-REG-1-PKCE', 'pass', true],
    ]);
    expect(await open({ since: good })).toEqual(['SET-ECA-RTR-1']);
  });

  it('what it could not read is named, and not taken for off', async () => {
    await folder.write({ [CA]: '<ConnectedApp', 'b/Fine.connectedApp-meta.xml': connectedApp(ON) });
    const before = await check({ format: 'json' });
    await folder.write({ 'before.json': before.output, [CA]: connectedApp({ ...ON, pkce: 'false' }) });
    const { report } = await check({ paths: ['force-app', 'b'], baseline: 'before.json' });
    expect(
      report.findings.filter(({ rule, verdict }) => rule.startsWith('SET-REG') && verdict === 'inconclusive'),
    ).toMatchObject([
      {
        rule: 'SET-REG-1-PKCE',
        message: expect.stringMatching(/the earlier state \(the report before.json\).*Acme/) as string,
      },
    ]);
  });
});
